// Keys of the page of today: j k move, o opens, s stars, m marks read. The page works without them.
"use strict";
(() => {
  const stories = [...document.querySelectorAll(".keyed > li")];
  let here = -1;
  const go = (step) => {
    here = Math.min(Math.max(here + step, 0), stories.length - 1);
    const link = stories[here].querySelector("h3 a");
    link.focus();
    stories[here].scrollIntoView({ block: "nearest" });
  };
  const press = (place) => stories[here].querySelectorAll(".marks button")[place].click();
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !stories.length) return;
    const at = stories.findIndex((story) => story.contains(document.activeElement));
    if (at >= 0) here = at;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (here < 0) return;
    else if (event.key === "o") stories[here].querySelector("h3 a").click();
    else if (event.key === "s") press(0);
    else if (event.key === "m") press(1);
  });
})();

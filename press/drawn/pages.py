"""The pages of a drawn outlet: articles, strangers, and what stands where an article was."""

import json
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from news.article import Block, BlockKind
from press.address import slug
from press.drawn import strangers
from press.drawn.lists import Lists
from press.drawn.look import link
from press.drawn.story import Story
from press.drawn.words import words
from press.prose import Draft


class Pages(Lists):
    """Draws all of an outlet's pages."""

    # ---- articles

    def article(self, story: Story, now: datetime) -> str:
        """Return an article's page."""
        draft = self.outlet.draft(
            story,
            now,
        )
        look = self.look
        title = f"<{look.title_tag}{look.c('title')}>{escape(draft.title)}</{look.title_tag}>"
        picture = ""
        if look.pictures:
            picture = f'<img src="/img/{story.number}.jpg" alt="">'
        body = look.box(
            "body",
            self._body(
                draft,
                story,
                now,
            ),
            look.body_tag,
        )
        lead = look.box(
            "lead",
            escape(draft.standfirst),
        )
        inner = title + self._meta(story) + picture + lead + body
        main = look.box(
            "article",
            inner,
            look.article_tag,
        ) + self._clutter(
            story,
            now,
        )
        head = self._article_head(
            story,
            draft,
            now,
        )
        return self.frame(
            f"{draft.title} - {self.shape.title}",
            main,
            now,
            head,
            story.language,
        )

    def _meta(self, story: Story) -> str:
        look = self.look
        shown = look.date(
            story.published,
            story.language,
        )
        iso = story.published.astimezone(ZoneInfo(self.shape.zone)).isoformat()
        match look.machine_date:
            case "time":
                shown = f'<time datetime="{iso}"{look.c("date")}>{shown}</time>'
            case "itemprop":
                shown = f'<span itemprop="datePublished" content="{iso}">{shown}</span>'
            case _:
                shown = look.box(
                    "date",
                    shown,
                    "span",
                )
        author = ""
        if story.byline:
            author = look.box(
                "author",
                self._author(story),
                "span",
            )
        return look.box(
            "meta",
            f"{shown} {author}",
        )

    def _author(self, story: Story) -> str:
        """Return an article's author, with a link where authors have pages."""
        name = escape(story.byline)
        if not self.shape.extra.get("authors"):
            return name
        words = slug(story.byline, story.language)
        return link(f"/author/{words}-of-our-newsroom", name)

    def _body(self, draft: Draft, story: Story, now: datetime) -> str:
        parts = [self._block(block) for block in draft.blocks]
        if self.look.inline_more and len(parts) > 3:  # noqa: PLR2004
            parts.insert(
                2,
                self._inline(
                    story,
                    now,
                ),
            )
        if self.shape.extra.get("print"):
            parts.append(
                link(
                    story.path_at(now) + self.shape.extra["print"],
                    "⎙",
                )
            )
        return ("<br><br>" if self.look.breaks else "").join(parts)

    def _block(self, block: Block) -> str:
        text = escape(block.text)
        match block.kind:
            case BlockKind.HEADING:
                return f"<h2>{text}</h2>"
            case BlockKind.ITEM:
                return f"<ul><li>{text}</li></ul>"
            case BlockKind.QUOTE:
                return f"<blockquote>{text}</blockquote>"
        return text if self.look.breaks else f"<p>{text}</p>"

    def _inline(self, story: Story, now: datetime) -> str:
        older = self._older(
            story,
            now,
            1,
        )
        label = self.look.label(
            "also",
            story.language,
        )
        inner = "".join(
            link(
                self.href(
                    one,
                    now,
                ),
                escape(one.title),
            )
            for one in older
        )
        return (
            self.look.box(
                "related",
                f"{label}: {inner}",
            )
            if inner
            else ""
        )

    def _older(self, story: Story, now: datetime, count: int) -> list[Story]:
        before = self.outlet.published(story.published)
        fit = [
            one
            for one in before[-30:]
            if one.visible(now) and one.language == story.language and not one.hidden
        ]
        return [one for one in reversed(fit) if one is not story][:count]

    def _clutter(self, story: Story, now: datetime) -> str:
        look, language = self.look, story.language
        made = {
            "tags": look.box(
                "tags",
                self._tags(story),
            ),
            "share": look.box(
                "share",
                look.label(
                    "share",
                    language,
                )
                + ' <a href="#">f</a>',
            ),
            "related": look.box(
                "related",
                self._related(
                    story,
                    now,
                ),
            ),
            "comment": look.box(
                "comment",
                look.label(
                    "comments",
                    language,
                )
                + ": 0",
            ),
            "banner": look.box(
                "banner",
                look.label(
                    "ad_text",
                    language,
                ),
            ),
        }
        return "".join(made[name] for name in look.clutter)

    def _tags(self, story: Story) -> str:
        labels = words(story.language).sections
        if self.shape.extra.get("tags"):
            tag = f"/tag/{self.shape.word}-of-the-day-{story.section}"
            return link(
                tag,
                escape(labels[story.section]),
            )
        return escape(labels[story.section])

    def _related(self, story: Story, now: datetime) -> str:
        label = self.look.label(
            "related",
            story.language,
        )
        older = self._older(
            story,
            now,
            4,
        )
        if self.shape.scripted:
            older = []
        lines = [
            link(
                self.href(
                    one,
                    now,
                ),
                escape(one.title),
            )
            for one in older
        ]
        return f"<h3>{label}</h3>" + "".join(f"<p>{line}</p>" for line in lines)

    def _article_head(self, story: Story, draft: Draft, now: datetime) -> str:
        head = f'<meta property="og:title" content="{escape(draft.title)}">'
        if self.look.og_type:
            head += '<meta property="og:type" content="article">'
        iso = story.published.isoformat()
        if self.look.machine_date == "og":
            head += f'<meta property="article:published_time" content="{iso}">'
        if self.look.machine_date == "ld":
            data = {
                "@context": "https://schema.org",
                "@type": "NewsArticle",
                "headline": draft.title,
                "datePublished": iso,
            }
            held = json.dumps(
                data,
                ensure_ascii=False,
            )
            head += f'<script type="application/ld+json">{held}</script>'
        return (
            head
            + self._canonical(
                story,
                now,
            )
            + self._alternates(
                story,
                now,
            )
        )

    def _canonical(self, story: Story, now: datetime) -> str:
        named = self.root + story.path_at(now)
        odd = story.number % 5 < 2  # noqa: PLR2004 - two pages of five
        if self.shape.canonical == "none":
            return ""
        if odd and self.shape.canonical == "home":
            named = self.root + "/"
        if odd and self.shape.canonical == "latest":
            newest = [one for one in self.outlet.published(now) if one.visible(now)]
            named = self.root + newest[-1].path_at(now)
        if self.shape.canonical == "edition" and story.edition_of is not None:
            original = self.outlet.by_number[story.edition_of]
            named = self.root + original.path_at(now)
        return f'<link rel="canonical" href="{escape(named)}">'

    def _alternates(self, story: Story, now: datetime) -> str:
        if self.shape.kind != "editions":
            return ""
        head = ""
        for one in self.outlet.editions(story):
            if one.visible(now):
                href = escape(self.root + one.path_at(now))
                head += f'<link rel="alternate" hreflang="{one.language}" href="{href}">'
        return head

    # ---- what is no article

    def stranger(self, page: strangers.StrangerPage, now: datetime) -> str:
        """Return a page that is no article, in the same template."""
        look = self.look
        text = "".join(f"<p>{escape(line)}</p>" for line in page.lines)
        title = f"<{look.title_tag}{look.c('title')}>{escape(page.title)}</{look.title_tag}>"
        main = look.box(
            "article",
            title
            + look.box(
                "body",
                text,
            ),
            look.article_tag,
        )
        return self.frame(
            f"{page.title} - {self.shape.title}",
            main,
            now,
        )

    def notice(self, title: str, text: str, now: datetime) -> str:
        """Return a page with one sentence."""
        look = self.look
        inner = f"<{look.title_tag}>{escape(title)}</{look.title_tag}>"
        main = look.box(
            "article",
            inner
            + look.box(
                "body",
                f"<p>{escape(text)}</p>",
            ),
        )
        return self.frame(
            f"{title} - {self.shape.title}",
            main,
            now,
        )

"""The columns that a load sends in COPY's binary form, in their order."""

from storage.sql import binary

ARTICLE: binary.Format = {
    "at": binary.moment,
    "outlet_id": binary.int4,
    "language": binary.text,
    "kind": binary.text,
    "title": binary.text,
    "standfirst": binary.text,
    "body": binary.text,
    "shape": binary.text,
    "authors": binary.texts,
    "section": binary.text,
    "tags": binary.texts,
    "published_at": binary.moment,
    "published_offset": binary.int2,
    "modified_at": binary.moment,
    "modified_offset": binary.int2,
    "lead_image": binary.text,
    "credit": binary.text,
    "details": binary.json,
    "confidence": binary.float4,
    "extractor": binary.text,
    "words": binary.int4,
    "text_key": binary.uuid,
    "meta_key": binary.uuid,
    "first_seen_at": binary.moment,
    "terms": binary.raw,
    "analyser": binary.int2,
}
NEW: binary.Format = {"id": binary.int8, "run_id": binary.int4, **ARTICLE}
STAGED: binary.Format = {
    "id": binary.int8,
    "edited": binary.boolean,
    "versions": binary.int4,
    **ARTICLE,
}
SEEN: binary.Format = {
    "ordinal": binary.int4,
    "key": binary.uuid,
    "outlet_id": binary.int4,
    "fetched_at": binary.moment,
    "text_key": binary.uuid,
    "meta_key": binary.uuid,
    "digest": binary.text,
    "gone": binary.boolean,
    "url": binary.text,
    "at": binary.moment,
    "page_lines": binary.raw,
}

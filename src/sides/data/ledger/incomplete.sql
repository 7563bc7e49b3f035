-- What lacks an actor, beside what is known of its document, and the days that it is about, as for claims.
CREATE VIEW incomplete_as_read AS
SELECT incomplete.id, incomplete.document,
       shown_documents.published, shown_documents.outlet, shown_documents.outlets,
       shown_documents.name AS document_name, shown_documents.title AS document_title, shown_documents.url AS document_url,
       incomplete.begin_char, incomplete.end_char, incomplete.quote, incomplete.source, incomplete.target,
       NULL::VARCHAR AS third, CASE WHEN incomplete.source IS NULL THEN 'source' ELSE 'target' END AS missing,
       incomplete.type, claim_types.kind, incomplete.sign, incomplete.layer, incomplete.speaker, incomplete.modality,
       incomplete.start, incomplete."end", incomplete.dated_from, incomplete.reader, incomplete.reader_version,
       incomplete.trigger, incomplete.actor_text,
       CASE WHEN incomplete.start_first IS NOT NULL THEN incomplete.start_first
            WHEN incomplete.end_last IS NULL THEN shown_documents.published_first
       END AS holds_first,
       CASE WHEN incomplete.end_last IS NOT NULL THEN incomplete.end_last
            WHEN incomplete.start_last IS NULL THEN shown_documents.published_last
            WHEN claim_types.kind = 'event' THEN incomplete.start_last
            ELSE greatest(incomplete.start_last, shown_documents.published_last)
       END AS holds_last,
       shown_documents.published_first, shown_documents.published_last, shown_documents.document_order
FROM read_incomplete AS incomplete
JOIN shown_documents ON incomplete.document = shown_documents.id
JOIN claim_types USING (type);

-- A claim beside what is known of its document, and the days that it is about:
-- from its start, or else (without an end either) from the document's date;
-- to its end, or else, for an event, to its start, and for a tie or a membership, which nobody said had ended, to the
-- document's date.
CREATE VIEW $view AS
SELECT claims.id, claims.read_id, claims.document,
       shown_documents.published, shown_documents.outlet, shown_documents.outlets,
       shown_documents.name AS document_name, shown_documents.title AS document_title, shown_documents.url AS document_url,
       claims.begin_char, claims.end_char, claims.quote, claims.source, claims.target, claims.third,
       claims.type, claim_types.kind, claims.sign, claims.layer, claims.speaker, claims.modality,
       claims.start, claims."end", claims.dated_from, claims.confidence, claims.reader, claims.reader_version,
       claims.trigger, claims.source_text, claims.target_text, claims.inferred, claims.restates, claims.reasons,
       claims.amounts, claims.correction, false AS is_decided,
       CASE WHEN claims.start_first IS NOT NULL THEN claims.start_first
            WHEN claims.end_last IS NULL THEN shown_documents.published_first
       END AS holds_first,
       CASE WHEN claims.end_last IS NOT NULL THEN claims.end_last
            WHEN claims.start_last IS NULL THEN shown_documents.published_last
            WHEN claim_types.kind = 'event' THEN claims.start_last
            ELSE greatest(claims.start_last, shown_documents.published_last)
       END AS holds_last,
       shown_documents.published_first, shown_documents.published_last, shown_documents.document_order
FROM $claims AS claims
JOIN shown_documents ON claims.document = shown_documents.id
JOIN claim_types USING (type);

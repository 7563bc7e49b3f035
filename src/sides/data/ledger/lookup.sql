-- What is looked up by actors or ids, in an order and with indexes of its own; `$kept` is the database that keeps it.
CREATE TABLE $kept.claims AS FROM claims ORDER BY least(source, target), greatest(source, target);
CREATE INDEX claim_of_id ON $kept.claims (id);
CREATE TABLE $kept.pairs AS
    SELECT source AS one, target AS other, id FROM $kept.claims
    UNION ALL SELECT source, third, id FROM $kept.claims WHERE third IS NOT NULL
    UNION ALL SELECT target, third, id FROM $kept.claims WHERE third IS NOT NULL
    ORDER BY one, other;
CREATE TABLE $kept.texts AS FROM texts ORDER BY id;
CREATE INDEX text_of_id ON $kept.texts (id);

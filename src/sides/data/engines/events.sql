-- From a converted block of events to rows of a ledger: see engines/event_rows.py, which fills `given` (one row) before
-- and `document_keys` (the ids of the documents and of their readings) between the two halves.

-- Each record, or each pair of records, once, with the day on which it was told: the one that is given; else the last
-- day that it tells of; of a tie without an end the day until which the dataset vouches for it.
CREATE OR REPLACE TEMP TABLE told_records AS
WITH days AS (
    SELECT record, text, published,
           CASE WHEN end_last IS NULL AND list_contains(given.ties, type) THEN greatest(start_last, given.until)
                ELSE greatest(start_last, end_last) END AS told
    FROM converted, given
),
once AS (
    SELECT record, text, bool_and(published IS NOT NULL) AS is_stated, coalesce(max(published), max(told)) AS day
    FROM days GROUP BY record, text
),
placed AS (
    SELECT record, text, is_stated, day, replace(replace(text, chr(9), CASE WHEN contains(text, given.separator) THEN ' '
                                                                      ELSE chr(9) END), given.separator, chr(9)) AS line,
           (row_number() OVER (PARTITION BY day, is_stated ORDER BY record, text) - 1) // given.size AS chunk
    FROM once, given
)
SELECT record, text, is_stated, day, chunk, line,
       length(given.header) + 1 + coalesce(sum(length(line) + 1) OVER (
           PARTITION BY day, is_stated, chunk ORDER BY record, text ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
           ::BIGINT AS begin_char
FROM placed, given;

CREATE OR REPLACE TEMP TABLE told_documents AS
WITH texts AS (
    SELECT day, is_stated, chunk, min(record) AS first, max(record) AS last,
           any_value(given.header) || chr(10) || string_agg(line, chr(10) ORDER BY record, told_records.text) AS text
    FROM told_records, given GROUP BY day, is_stated, chunk
)
SELECT *, substr(sha256(text), 1, 16) AS id, day::VARCHAR AS published FROM texts;
-- And then:

CREATE OR REPLACE TEMP TABLE keyed_documents AS
SELECT told_documents.*, keys.* EXCLUDE (id), claims.claims, claims.actors
FROM given, told_documents
JOIN document_keys AS keys ON keys.id = told_documents.id AND keys.name = given.file || ':' || first || '-' || last
JOIN (SELECT day, is_stated, chunk, count(*) AS claims, count(DISTINCT source) + count(DISTINCT target) AS actors
      FROM converted JOIN told_records USING (record, text) GROUP BY day, is_stated, chunk) AS claims
    USING (day, is_stated, chunk);

INSERT INTO event_documents BY NAME
SELECT sighting, digest, id, name, published, day AS published_first, day AS published_last, 'table' AS published_from,
       published_is, title, outlet, NULL AS author, 'en' AS language, NULL AS url, 'events' AS format, NULL AS key,
       [] AS asides, [] AS signature, text
FROM keyed_documents, given;

-- A date to the day, month or year where it means one of these; a longer stretch by its first and its last day.
CREATE OR REPLACE TEMP TABLE said AS
WITH placed AS (
    SELECT converted.* EXCLUDE (text), line, begin_char, begin_char + length(line) AS end_char, documents.id AS document,
           reading,
           CASE WHEN start_first = start_last THEN 'day'
                WHEN date_trunc('month', start_first) = date_trunc('month', start_last) THEN 'month'
                WHEN date_trunc('year', start_first) = date_trunc('year', start_last) AND start_last - start_first > 62
                THEN 'year' ELSE 'stretch' END AS start_width,
           coalesce(end_first, CASE WHEN start_width = 'stretch' THEN start_last END) AS closed_first,
           coalesce(end_last, CASE WHEN start_width = 'stretch' THEN start_last END) AS closed_last,
           CASE WHEN closed_first = closed_last THEN 'day'
                WHEN date_trunc('month', closed_first) = date_trunc('month', closed_last) THEN 'month'
                WHEN date_trunc('year', closed_first) = date_trunc('year', closed_last) THEN 'year'
                ELSE 'stretch' END AS end_width
    FROM converted
    JOIN told_records USING (record, text)
    JOIN keyed_documents AS documents USING (day, is_stated, chunk)
    WHERE is_new
),
dated AS (
    SELECT *,
           left(start_first::VARCHAR, CASE start_width WHEN 'month' THEN 7 WHEN 'year' THEN 4 ELSE 10 END) AS "start",
           CASE WHEN closed_last < start_first THEN NULL
                ELSE left(closed_last::VARCHAR, CASE end_width WHEN 'month' THEN 7 WHEN 'year' THEN 4 ELSE 10 END) END
               AS "end"
    FROM placed
)
SELECT *,
       substr(sha256(concat_ws(chr(31), document, begin_char, end_char, source, target, '', type)), 1, 16) AS claim,
       CASE start_width WHEN 'month' THEN date_trunc('month', start_first)::DATE
                        WHEN 'year' THEN date_trunc('year', start_first)::DATE ELSE start_first END AS since_first,
       CASE start_width WHEN 'month' THEN last_day(start_first)
                        WHEN 'year' THEN (date_trunc('year', start_first) + INTERVAL 1 YEAR - INTERVAL 1 DAY)::DATE
                        ELSE start_first END AS since_last,
       CASE WHEN "end" IS NULL THEN NULL WHEN end_width = 'month' THEN date_trunc('month', closed_last)::DATE
            WHEN end_width = 'year' THEN date_trunc('year', closed_last)::DATE ELSE closed_last END AS until_first,
       CASE WHEN "end" IS NULL THEN NULL WHEN end_width = 'month' THEN last_day(closed_last)
            WHEN end_width = 'year' THEN (date_trunc('year', closed_last) + INTERVAL 1 YEAR - INTERVAL 1 DAY)::DATE
            ELSE closed_last END AS until_last
FROM dated
QUALIFY row_number() OVER (PARTITION BY claim ORDER BY record, dated.id) = 1;

INSERT INTO event_claims BY NAME
SELECT reading, claim AS id, document, begin_char, end_char, line AS quote, source, target, NULL AS third, type, sign,
       layer, 'author' AS speaker, 'asserted' AS modality, "start", since_first AS start_first, since_last AS start_last,
       "end", until_first AS end_first, until_last AS end_last, 'text' AS dated_from, given.confidence, 'events' AS reader,
       given.version AS reader_version, coalesce(code, '') AS trigger, coalesce(source_told, '') AS source_text,
       coalesce(target_told, '') AS target_text, [] AS inferred, NULL AS restates, [] AS reasons, [] AS amounts
FROM said, given;

INSERT INTO event_rows BY NAME
SELECT reading, claim, document, dataset, given.edition,
       CASE WHEN given.is_many THEN regexp_replace(said.id, ':[0-9]+$', '') ELSE said.id END AS event,  -- without its claim
       given.file, record, code, mode, context, quad, goldstein, score, mentions, sources, articles, deaths, publisher, url, source_sector, target_sector
FROM said, given;

INSERT INTO event_readings BY NAME
SELECT reading, id AS document, published AS anchor, 'events' AS reader, given.version AS reader_version,
       0 AS mentions, actors, claims
FROM keyed_documents, given WHERE is_new;

-- Who takes part, once a block: in the first document that tells of them.
CREATE OR REPLACE TEMP TABLE event_actors AS
SELECT reading, actor, name, known FROM (
    SELECT reading, record, source AS actor, source_name AS name, source_known AS known FROM said
    UNION ALL SELECT reading, record, target, target_name, target_known FROM said)
QUALIFY row_number() OVER (PARTITION BY actor ORDER BY record, reading, name) = 1;

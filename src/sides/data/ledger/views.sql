-- What a ledger shows at a version. Laid over the rows of all batches (schema `stored`) and the list of those that are
-- committed (`committed`): ledger/views.py creates both first, and `superseded` and `corrected` before the last views.

-- The newest account of each copy of a text. The first published copy is the primary one: its date is the document's.
CREATE TABLE sightings AS
WITH newest AS (
    SELECT row_of.* EXCLUDE (text)
    FROM stored.documents AS row_of
    JOIN committed USING (batch)
    QUALIFY row_number() OVER (PARTITION BY sighting ORDER BY committed.version DESC, digest) = 1
)
SELECT *, row_number() OVER (
    PARTITION BY id ORDER BY published_first, published_last DESC, coalesce(outlet, ''), name, sighting) AS place
FROM newest;

CREATE TABLE shown_documents AS
WITH shared AS (
    SELECT id,
           coalesce(list(DISTINCT outlet ORDER BY outlet) FILTER (outlet IS NOT NULL), []) AS outlets,
           coalesce(arg_min(signature, place) FILTER (len(signature) > 0), []) AS signature
    FROM sightings
    GROUP BY id
)
SELECT sightings.* EXCLUDE (signature), shared.outlets, shared.signature,
       row_number() OVER (ORDER BY published_first, published_last DESC, id) AS document_order
FROM sightings
JOIN shared USING (id)
WHERE place = 1;

-- Of each reader, the newest reading made under the document's date; of what was imported, whose dates do not hang on
-- the document's, the newest. The grammar, the encoder and the two together are
-- one reader, however it was asked to read.
CREATE TABLE shown_readings AS
SELECT row_of.*
FROM stored.readings AS row_of
JOIN committed USING (batch)
JOIN shown_documents ON row_of.document = shown_documents.id
                    AND (row_of.anchor = shown_documents.published OR row_of.reader = 'imported')
QUALIFY row_number() OVER (
    PARTITION BY document, CASE WHEN reader IN ('grammar', 'learned', 'both') THEN 'grammar' ELSE reader END
    ORDER BY committed.version DESC, reader_version DESC) = 1;

CREATE VIEW texts AS
SELECT id, row_of.text
FROM stored.documents AS row_of
JOIN shown_documents USING (batch, sighting, id);

CREATE VIEW shown_mentions AS
SELECT row_of.*
FROM stored.mentions AS row_of
JOIN shown_readings USING (batch, reading);

CREATE VIEW shown_actors AS
SELECT row_of.*
FROM stored.actors AS row_of
JOIN shown_readings USING (batch, reading);

-- Events that a newer account of them replaces. What a newer edition of a whole dataset lacks was withdrawn, unless it
-- is not told of which edition it is; of several records with one id that of the newest edition counts, then the one
-- read last: within a run by file and place.
CREATE TABLE outdated AS
WITH shown AS (
    SELECT row_of.claim, row_of.dataset, row_of.event,
           list_transform(regexp_extract_all(row_of.edition, '[0-9]+'), lambda part: part::BIGINT) AS edition,
           {'version': committed.version, 'file': row_of.file, 'record': row_of.record} AS place
    FROM stored.events AS row_of
    JOIN shown_readings USING (batch, reading)
    JOIN committed USING (batch)
),
newest AS (
    SELECT dataset, max(list_transform(regexp_extract_all(edition, '[0-9]+'), lambda part: part::BIGINT)) AS edition
    FROM stored.event_blocks JOIN committed USING (batch)
    WHERE is_whole_edition GROUP BY dataset
),
repeated AS (SELECT dataset, event FROM shown GROUP BY ALL HAVING min(place) <> max(place))
SELECT claim FROM shown JOIN newest USING (dataset) WHERE len(shown.edition) > 0 AND shown.edition < newest.edition
UNION
SELECT claim FROM shown JOIN repeated USING (dataset, event)
QUALIFY rank() OVER (PARTITION BY dataset, event ORDER BY shown.edition DESC, place DESC) > 1;

CREATE VIEW shown_events AS
SELECT row_of.*
FROM stored.events AS row_of
JOIN shown_readings USING (batch, reading)
ANTI JOIN outdated USING (claim);

-- Who mentions which event where, each told once.
CREATE VIEW shown_event_mentions AS
SELECT row_of.*
FROM stored.event_mentions AS row_of
JOIN committed USING (batch)
QUALIFY row_number() OVER (PARTITION BY dataset, event, publisher, url ORDER BY committed.version DESC, file, record) = 1;

-- Several readers may have read a document: a claim that more than one of them makes is shown once. A language model
-- only adds: of a claim that another reader makes too, the other's account is shown.
CREATE VIEW read_claims AS
SELECT row_of.*
FROM stored.claims AS row_of
JOIN shown_readings USING (batch, reading)
ANTI JOIN outdated ON outdated.claim = row_of.id
QUALIFY row_number() OVER (
    PARTITION BY row_of.id
    ORDER BY row_of.reader = 'llm', confidence DESC, row_of.reader, row_of.reader_version, shown_readings.reader) = 1;

-- The same where no document has more than one reading: nothing to choose from, so no sorting.
CREATE VIEW read_claims_of_one_reader AS
SELECT row_of.*
FROM stored.claims AS row_of
JOIN shown_readings USING (batch, reading)
ANTI JOIN outdated ON outdated.claim = row_of.id;

CREATE VIEW read_incomplete AS
SELECT row_of.*
FROM stored.incomplete AS row_of
JOIN shown_readings USING (batch, reading)
QUALIFY row_number() OVER (PARTITION BY row_of.id ORDER BY row_of.reader, row_of.reader_version) = 1;

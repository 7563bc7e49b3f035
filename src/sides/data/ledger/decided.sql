-- What decisions about actors make of the claims as corrected (`claims_corrected`). ledger/deciding.py fills
-- `decided_actors` (an actor and as whom it is shown, '' for nobody) and `split_claims` (the parts of claims that a split
-- told apart). A claim keeps its id. `hidden` says why one is out of view: an actor of it is none (`rejected`), it would
-- be about one actor alone (`self`), or another says the same then (`double`).
CREATE TABLE decided_claims AS
WITH parts AS (
    SELECT claims.id, claims.document, claims.begin_char, claims.end_char, claims.type, claims.confidence,
           coalesce(split.source, source_of.shown, claims.source) AS source,
           coalesce(split.target, target_of.shown, claims.target) AS target,
           coalesce(split.third, third_of.shown, claims.third) AS third,
           coalesce(split.speaker, nullif(speaker_of.shown, ''), speaker_of.name, claims.speaker) AS speaker
    FROM claims_corrected AS claims
    LEFT JOIN split_claims AS split ON split.id = claims.id
    LEFT JOIN decided_actors AS source_of ON source_of.actor = claims.source
    LEFT JOIN decided_actors AS target_of ON target_of.actor = claims.target
    LEFT JOIN decided_actors AS third_of ON third_of.actor = claims.third
    LEFT JOIN decided_actors AS speaker_of ON speaker_of.actor = claims.speaker
    WHERE split.id IS NOT NULL OR source_of.actor IS NOT NULL OR target_of.actor IS NOT NULL
       OR third_of.actor IS NOT NULL OR speaker_of.actor IS NOT NULL
),
judged AS (
    SELECT * REPLACE (CASE WHEN type = 'MEDIATE' OR third NOT IN ('', source, target) THEN third END AS third),
           CASE WHEN source = '' OR target = '' OR (type = 'MEDIATE' AND third = '') THEN 'rejected'
                WHEN source = target OR (type = 'MEDIATE' AND third IN (source, target)) THEN 'self'
           END AS hidden
    FROM parts
),
shown AS (
    SELECT id, document, begin_char, end_char, source, target, third, type, confidence, true AS is_decided
    FROM judged WHERE hidden IS NULL
    UNION ALL
    SELECT id, document, begin_char, end_char, source, target, third, type, confidence, false
    FROM claims_corrected
    WHERE document IN (SELECT document FROM judged) AND id NOT IN (SELECT id FROM judged)
),
doubles AS (
    SELECT id FROM shown
    QUALIFY row_number() OVER (
        PARTITION BY document, begin_char, end_char, source, target, third, type
        ORDER BY is_decided, confidence DESC, id) > 1
)
SELECT id, source, target, third, speaker,
       CASE WHEN id IN (SELECT id FROM doubles) THEN 'double' ELSE hidden END AS hidden
FROM judged;

CREATE VIEW claims AS
SELECT claims.* REPLACE (
           coalesce(decided.source, claims.source) AS source,
           coalesce(decided.target, claims.target) AS target,
           CASE WHEN decided.id IS NULL THEN claims.third ELSE decided.third END AS third,
           coalesce(decided.speaker, claims.speaker) AS speaker,
           decided.id IS NOT NULL AS is_decided)
FROM claims_corrected AS claims
LEFT JOIN decided_claims AS decided ON decided.id = claims.id
WHERE decided.hidden IS NULL;

CREATE VIEW seen_mentions AS
SELECT mentions.* REPLACE (coalesce(split.shown, whole.shown, mentions.actor) AS actor)
FROM shown_mentions AS mentions
LEFT JOIN split_mentions AS split USING (document, begin_char, end_char, actor)
LEFT JOIN decided_actors AS whole USING (actor)
WHERE coalesce(split.shown, whole.shown, mentions.actor) <> '';

CREATE VIEW incomplete AS
WITH decided AS (
    SELECT found.* REPLACE (
               coalesce(split.source, source_of.shown, found.source) AS source,
               coalesce(split.target, target_of.shown, found.target) AS target,
               coalesce(split.speaker, nullif(speaker_of.shown, ''), speaker_of.name, found.speaker) AS speaker)
    FROM incomplete_as_read AS found
    LEFT JOIN split_incomplete AS split ON split.id = found.id
    LEFT JOIN decided_actors AS source_of ON source_of.actor = found.source
    LEFT JOIN decided_actors AS target_of ON target_of.actor = found.target
    LEFT JOIN decided_actors AS speaker_of ON speaker_of.actor = found.speaker
)
SELECT * FROM decided WHERE coalesce(source, target) <> '';

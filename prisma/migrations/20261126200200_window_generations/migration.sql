-- While any transaction anywhere is open, Postgres keeps every version of a window that is written meanwhile, and each look
-- for the window by its lineage passes by all of them: tens of thousands in minutes. Now a window is found by its lineage and
-- its generation, which goes up with each 256th write: from the end of the index only the last generation's versions are met.
-- It stays one row, which all processes lock, those of the version before too.
ALTER TABLE "rate_windows"
    ADD COLUMN "generation" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "writes" INTEGER NOT NULL DEFAULT 0,
    DROP CONSTRAINT "rate_windows_pkey",
    ADD CONSTRAINT "rate_windows_pkey" PRIMARY KEY ("lineage_id", "generation");

-- Of an earlier version. It relied on the key that is gone.
DROP FUNCTION "count_call"(uuid, integer);

-- Counts `calls` calls, which came together, against the sliding window of a lineage, under the lock of its row and by
-- the clock read under that lock. The current second and the sixty before it cover every trailing 60 s, so no such span
-- ever holds more than `allowed` accepted calls. As many are accepted as there is room for; `used` includes them. When
-- none is, no window is changed. `counts` (newest second first) comes back when one was refused. STRICT: without an
-- `allowed` nothing is counted.
CREATE OR REPLACE FUNCTION "count_calls"(lineage uuid, calls integer, allowed integer,
    OUT accepted integer, OUT second bigint, OUT used integer, OUT counts integer[])
LANGUAGE plpgsql STRICT SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
    held bigint;
    steps integer;
    age bigint;
    written integer;
BEGIN
    LOOP
        SELECT w.second, w.used, w.counts, w.generation, w.writes INTO held, used, counts, age, written
        FROM rate_windows w WHERE w.lineage_id = lineage ORDER BY w.generation DESC LIMIT 1 FOR UPDATE;
        EXIT WHEN FOUND;
        -- One window for a lineage: no key of the table says so, since the generation moves on.
        PERFORM pg_advisory_xact_lock(hashtextextended(lineage::text, 0));
        INSERT INTO rate_windows (lineage_id, second, used, counts)
        SELECT lineage, 0, 0, array_fill(0, ARRAY[61])
        WHERE NOT EXISTS (SELECT FROM rate_windows w WHERE w.lineage_id = lineage);
    END LOOP;

    second := greatest(held, floor(extract(epoch FROM clock_timestamp())));
    IF second > held THEN
        steps := least(second - held, 61);
        counts := array_fill(0, ARRAY[steps]) || counts[1:61 - steps];
        used := (SELECT sum(count) FROM unnest(counts) AS count);
    END IF;

    accepted := greatest(0, least(calls, allowed - used));
    IF accepted > 0 THEN
        used := used + accepted;
        counts[1] := counts[1] + accepted;
        UPDATE rate_windows w SET second = count_calls.second, used = count_calls.used, counts = count_calls.counts,
            writes = (written + 1) % 256, generation = age + (written + 1) / 256
        WHERE w.lineage_id = lineage AND w.generation = age;
    END IF;
    IF accepted = calls THEN
        counts := NULL;
    END IF;
END
$$;

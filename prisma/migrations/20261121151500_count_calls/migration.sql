-- Postgres reads a check anew for every statement that writes, and this table is written by every call. Only functions
-- fill it, and they keep the length.
ALTER TABLE "rate_windows" DROP CONSTRAINT "rate_windows_counts_length";

-- `count_call` stays for processes of the version before, which may serve on meanwhile: both lock the same row. A later
-- migration drops it.

-- Counts `calls` calls, which came together, against the sliding window of a lineage, under the lock of its row and by
-- the clock read under that lock. The current second and the sixty before it cover every trailing 60 s, so no such span
-- ever holds more than `allowed` accepted calls. As many are accepted as there is room for; `used` includes them. When
-- none is, no window is changed. `counts` (newest second first) comes back when one was refused. STRICT: without an
-- `allowed` nothing is counted.
CREATE FUNCTION "count_calls"(lineage uuid, calls integer, allowed integer,
    OUT accepted integer, OUT second bigint, OUT used integer, OUT counts integer[])
LANGUAGE plpgsql STRICT AS $$
DECLARE
    held bigint;
    steps integer;
BEGIN
    LOOP
        SELECT w.second, w.used, w.counts INTO held, used, counts
        FROM rate_windows w WHERE w.lineage_id = lineage FOR UPDATE;
        EXIT WHEN FOUND;
        INSERT INTO rate_windows VALUES (lineage, 0, 0, array_fill(0, ARRAY[61])) ON CONFLICT DO NOTHING;
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
        UPDATE rate_windows w SET second = count_calls.second, used = count_calls.used, counts = count_calls.counts
        WHERE w.lineage_id = lineage;
    END IF;
    IF accepted = calls THEN
        counts := NULL;
    END IF;
END
$$;

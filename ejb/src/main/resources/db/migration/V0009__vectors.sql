-- The type "vector" and the operator "<=>" (cosine distance: 0 the same direction, 1 nothing in common, 2 opposite).
-- pgvector's where the server has the extension and lets us create it; else our own, exact and without an index.
-- SQL in Java writes cast(cast(? as real[]) as vector) and knows no difference (decision 0005).
do $$
begin
  if exists (select from pg_available_extensions where name = 'vector') then
    begin
      create extension if not exists vector;
    exception when insufficient_privilege then
      raise notice 'pgvector is here but this role may not create it; continuing without';
    end;
  end if;
  if to_regtype('vector') is null then
    create domain vector as real[];
    -- Vectors of different length have no distance: like pgvector, say so. A zero vector is near to nothing.
    create function cosine_distance(a real[], b real[]) returns double precision
      language plpgsql immutable strict parallel safe as $f$
    declare
      dot double precision;
      norms double precision;
    begin
      if cardinality(a) <> cardinality(b) then
        raise exception 'different vector dimensions % and %', cardinality(a), cardinality(b);
      end if;
      select sum(x::double precision * y), sqrt(sum(x::double precision * x)) * sqrt(sum(y::double precision * y))
        into dot, norms
        from unnest(a, b) as t(x, y) where x <> 0 or y <> 0;
      return case when norms > 0 then 1 - greatest(-1, least(1, dot / norms)) else 'NaN' end;
    end $f$;
    create operator <=> (leftarg = real[], rightarg = real[], function = cosine_distance, commutator = <=>);
    create function vectors_are_indexed() returns boolean language sql immutable parallel safe as 'select false';
  else
    create function vectors_are_indexed() returns boolean language sql immutable parallel safe as 'select true';
  end if;
end $$;

-- What a model makes of patterns and entries, where one is set (decision 0016). Made by jobs, after the fact; a row is
-- replaced when another model is set, and goes with what it belongs to.
alter table job drop constraint job_kind_check;
alter table job add constraint job_kind_check check (kind in
  ('replay', 'analysis', 'notification', 'snapshot', 'run_analysis', 'recognition', 'run_message', 'embedding'));

create table model_vector (
  project_id  text not null references project on delete cascade,
  id          bigint generated always as identity,
  pattern_id  text,
  entry_id    text,
  model       text not null, -- its name
  dimensions  integer not null,
  embedding   vector not null, -- of length 1
  text_hash   text not null, -- of what the model was shown: nobody pays for the same text twice
  embedded_at timestamptz not null,
  primary key (project_id, id),
  unique (project_id, pattern_id),
  unique (project_id, entry_id),
  foreign key (project_id, pattern_id) references failure_pattern on delete cascade,
  foreign key (project_id, entry_id) references memory_entry on delete cascade,
  check (num_nonnulls(pattern_id, entry_id) = 1)
);
create index model_vector_text on model_vector (project_id, text_hash);

-- The owners of one kind ('pattern' or 'entry') that are nearest by the vectors of one model. An index holds vectors of
-- one dimension only, so there is one for each usual one, as half-precision numbers where pgvector has these; what it
-- finds is ordered by the exact distance. An index over all projects finds little of a small one: that is read whole.
do $$
declare
  usual constant integer[] := '{256, 384, 512, 768, 1024, 1536, 2048, 2560, 3072}';
  type text := case when to_regtype('halfvec') is null then 'vector' else 'halfvec' end;
  most_indexed integer := case when to_regtype('halfvec') is null then 2000 else 4000 end;
  size integer;
  patient text := '';
begin
  if vectors_are_indexed() then
    foreach size in array usual loop
      if size <= most_indexed then
        execute format(
          'create index model_vector_nearest_%1$s on model_vector using hnsw ((embedding::%2$s(%1$s)) %2$s_cosine_ops)
           where dimensions = %1$s', size, type);
      end if;
    end loop;
    -- Goes on looking until there are enough of this project and model; pgvector knows it from 0.8 on.
    if current_setting('hnsw.iterative_scan', true) is not null then
      patient := 'set hnsw.iterative_scan = relaxed_order';
    end if;
    execute format($f$
      create function nearest_by_model(project text, kind text, by_model text, wanted vector, most integer)
        returns table (owner_id text, cosine double precision)
        language plpgsql stable rows 40 %1$s as $q$
      declare
        size constant integer := vector_dims(wanted);
        patterns constant boolean := kind = 'pattern';
      begin
        if size = any(%2$L::integer[]) and size <= %3$s and 1000 < (
            select count(*) from (
              select from model_vector v where v.project_id = project limit 1001) some_rows) then
          return query execute format(
            'select coalesce(near.pattern_id, near.entry_id), 1 - (near.embedding <=> $3)
             from (select * from model_vector
                   where dimensions = %%1$s and project_id = $1 and model = $2
                     and (pattern_id is not null) = $4
                   order by embedding::%4$s(%%1$s) <=> $3::%4$s(%%1$s) limit $5) near
             order by near.embedding <=> $3', size)
            using project, by_model, wanted, patterns, most;
        else
          return query
            select coalesce(v.pattern_id, v.entry_id), 1 - (v.embedding <=> wanted)
            from (select * from model_vector
                  where project_id = project and model = by_model and dimensions = size
                    and (pattern_id is not null) = patterns
                  order by id desc limit 5000) v
            order by v.embedding <=> wanted limit most;
        end if;
      end $q$ $f$, patient, usual, most_indexed, type);
  else
    -- Exact, over the newest only: a distance takes a good part of a millisecond.
    create function nearest_by_model(project text, kind text, by_model text, wanted vector, most integer)
      returns table (owner_id text, cosine double precision)
      language sql stable rows 40 as $q$
      select coalesce(v.pattern_id, v.entry_id), 1 - (v.embedding <=> wanted)
      from (select * from model_vector
            where project_id = project and model = by_model and dimensions = cardinality(wanted)
              and (pattern_id is not null) = (kind = 'pattern')
            order by id desc limit 200) v
      order by v.embedding <=> wanted limit most
    $q$;
  end if;
end $$;

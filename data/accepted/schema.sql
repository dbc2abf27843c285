-- Tables that a generation gets with its first accepted upload; carried along by every later build.

create table if not exists survey_answer_aside (
    survey_id varchar not null,
    framework varchar not null,
    fiscal_year smallint not null,
    area_code varchar not null,
    question_id varchar not null,
    value varchar,
    status varchar not null,
    note varchar,
    import_id varchar not null,
    source_ref varchar not null
);
comment on table survey_answer_aside is 'Answers that are not in force: a later import replaced them, or theirs was undone. Columns as in survey_answer.';
comment on column survey_answer_aside.survey_id is 'As in survey_answer.';
comment on column survey_answer_aside.framework is 'As in survey_answer.';
comment on column survey_answer_aside.fiscal_year is 'As in survey_answer.';
comment on column survey_answer_aside.area_code is 'As in survey_answer.';
comment on column survey_answer_aside.question_id is 'As in survey_answer.';
comment on column survey_answer_aside.value is 'As in survey_answer.';
comment on column survey_answer_aside.status is 'As in survey_answer.';
comment on column survey_answer_aside.note is 'As in survey_answer.';
comment on column survey_answer_aside.import_id is 'The import that brought it.';
comment on column survey_answer_aside.source_ref is 'As in survey_answer.';

create table if not exists import_event (
    import_id varchar not null,
    event varchar not null,
    happened_at timestamp not null,
    subject varchar not null,
    name varchar not null,
    reasons json
);
comment on table import_event is 'What was done with an upload; the last event of an import says whether it counts.';
comment on column import_event.import_id is 'The import.';
comment on column import_event.event is 'accepted, undone or redone.';
comment on column import_event.happened_at is 'When, UTC.';
comment on column import_event.subject is 'Who, as the accounts identify them.';
comment on column import_event.name is 'Name of that account as shown at the time.';
comment on column import_event.reasons is 'Reasons given for warnings, by rule.';

create table if not exists import_file (
    import_id varchar not null,
    file_name varchar not null,
    sha256 varchar not null
);
comment on table import_file is 'The uploaded originals of an import; their bytes lie in imports/ under their SHA-256.';
comment on column import_file.import_id is 'The import.';
comment on column import_file.file_name is 'Name of the file as uploaded.';
comment on column import_file.sha256 is 'SHA-256 of its bytes.';

create table if not exists import_decision (
    import_id varchar not null,
    survey_id varchar not null,
    kind varchar not null,
    question_id varchar not null,
    printed varchar not null,
    chosen varchar not null
);
comment on table import_decision is 'What a person confirmed while importing, remembered for the next file.';
comment on column import_decision.import_id is 'The import.';
comment on column import_decision.survey_id is 'The form it belongs to.';
comment on column import_decision.kind is 'column, value or respondent.';
comment on column import_decision.question_id is 'The question of a value; blank for columns and respondents.';
comment on column import_decision.printed is 'Folded header, folded answer, or name as printed.';
comment on column import_decision.chosen is 'Question, answer code or area code; blank for a column that is not used.';

create table if not exists import_column (
    import_id varchar not null,
    position integer not null,
    question_id varchar not null,
    header varchar not null
);
comment on table import_column is 'The columns of an import in their order, for the next export and template.';
comment on column import_column.import_id is 'The import.';
comment on column import_column.position is 'Order, from 0.';
comment on column import_column.question_id is 'Which question it answered.';
comment on column import_column.header is 'Header as printed, levels joined by a space.';

create table if not exists import_cited (
    import_id varchar not null,
    title varchar,
    publisher varchar,
    licence varchar,
    url varchar,
    vintage varchar
);
comment on table import_cited is 'What an uploaded table says of its publisher.';
comment on column import_cited.import_id is 'The import.';
comment on column import_cited.title is 'Title of the table.';
comment on column import_cited.publisher is 'Who publishes it.';
comment on column import_cited.licence is 'On which terms.';
comment on column import_cited.url is 'Where.';
comment on column import_cited.vintage is 'As of when.';

create table if not exists measure_aside (
    area_code varchar not null,
    measure_id varchar not null,
    period varchar not null,
    value double,
    status varchar not null,
    source_id varchar not null,
    source_ref varchar not null
);
comment on table measure_aside is 'Quantities that are not in force: a later upload replaced them, or theirs was undone. Columns as in measure.';
comment on column measure_aside.area_code is 'As in measure.';
comment on column measure_aside.measure_id is 'As in measure.';
comment on column measure_aside.period is 'As in measure.';
comment on column measure_aside.value is 'As in measure.';
comment on column measure_aside.status is 'As in measure.';
comment on column measure_aside.source_id is 'upload: and the import, or the file of the raw folder.';
comment on column measure_aside.source_ref is 'As in measure.';

create table if not exists uploaded_membership (
    import_id varchar not null,
    area_code varchar not null,
    parent_area_code varchar not null,
    parent_type varchar not null,
    parent_name varchar not null,
    valid_from date,
    valid_to date,
    source_ref varchar not null,
    in_force boolean not null
);
comment on table uploaded_membership is 'Every membership that an upload brought, in force or not.';
comment on column uploaded_membership.import_id is 'The import.';
comment on column uploaded_membership.area_code is 'The member.';
comment on column uploaded_membership.parent_area_code is 'The area that contains it.';
comment on column uploaded_membership.parent_type is 'area_type of the parent.';
comment on column uploaded_membership.parent_name is 'Name of the parent as the file prints it.';
comment on column uploaded_membership.valid_from is 'As in area_membership.';
comment on column uploaded_membership.valid_to is 'As in area_membership.';
comment on column uploaded_membership.source_ref is 'Where in the file.';
comment on column uploaded_membership.in_force is 'Whether it stands in area_membership.';

create table if not exists built_membership (
    area_code varchar not null,
    parent_area_code varchar not null,
    parent_type varchar not null,
    valid_from date,
    valid_to date
);
comment on table built_membership is 'area_membership as the raw folder gave it, kept once an upload changes it.';
comment on column built_membership.area_code is 'As in area_membership.';
comment on column built_membership.parent_area_code is 'As in area_membership.';
comment on column built_membership.parent_type is 'As in area_membership.';
comment on column built_membership.valid_from is 'As in area_membership.';
comment on column built_membership.valid_to is 'As in area_membership.';

create table if not exists built_zone (
    area_code varchar not null,
    area_type varchar not null,
    name varchar not null,
    name_kana varchar,
    official_code6 varchar,
    lon double,
    lat double,
    valid_from date,
    valid_to date
);
comment on table built_zone is 'The larger areas as the raw folder gave them, kept once an upload changes memberships. Columns as in area.';
comment on column built_zone.area_code is 'As in area.';
comment on column built_zone.area_type is 'As in area.';
comment on column built_zone.name is 'As in area.';
comment on column built_zone.name_kana is 'As in area.';
comment on column built_zone.official_code6 is 'As in area.';
comment on column built_zone.lon is 'As in area.';
comment on column built_zone.lat is 'As in area.';
comment on column built_zone.valid_from is 'As in area.';
comment on column built_zone.valid_to is 'As in area.';

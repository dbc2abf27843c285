-- Tables of one generation: an immutable DuckDB file that pages only read.
-- Codes are text. status is one of observed, suppressed, not_applicable, missing, unanswered, not_published;
-- zero is an observed value, and a row that is absent means that no loaded source covers it.

create table area (
    area_code varchar primary key,
    area_type varchar not null,
    name varchar not null,
    name_kana varchar,
    official_code6 varchar,
    lon double,
    lat double,
    valid_from date,
    valid_to date
);
comment on table area is 'Every area of any kind, present and past: nation, prefectures, municipalities, wards, medical and welfare areas, insurers.';
comment on column area.area_code is 'Nation 00, prefecture 2 digits, municipality, designated city and ward 5 digits without check digit; every other kind carries a prefix (m2-, kk-, hc-, ew-, ins-, pr-).';
comment on column area.area_type is 'nation, prefecture, municipality, designated_city, ward, secondary_medical_area, planning_area, elderly_welfare_area, health_center_area, home_medical_area, insurer or projection_region.';
comment on column area.name is 'Official Japanese name; wards with their city (札幌市中央区).';
comment on column area.name_kana is 'Hiragana reading, for search.';
comment on column area.official_code6 is 'Local government code with its check digit; null for other kinds.';
comment on column area.lon is 'Longitude of a point inside the area, degrees, JGD2011.';
comment on column area.lat is 'Latitude of that point.';
comment on column area.valid_from is 'First day of the area; null when older than the data.';
comment on column area.valid_to is 'Last day of the area; null while it exists.';

create table area_membership (
    area_code varchar not null,
    parent_area_code varchar not null,
    parent_type varchar not null,
    valid_from date,
    valid_to date
);
comment on table area_membership is 'Which area lies in which; hierarchies do not nest, so many to many and dated.';
comment on column area_membership.area_code is 'The member.';
comment on column area_membership.parent_area_code is 'The area that contains it.';
comment on column area_membership.parent_type is 'area_type of the parent.';
comment on column area_membership.valid_from is 'First day of the membership; null when older than the data.';
comment on column area_membership.valid_to is 'Last day of the membership; null while it holds.';

create table area_descendant (
    ancestor_code varchar not null,
    descendant_code varchar not null,
    level varchar not null,
    valid_from date,
    valid_to date
);
comment on table area_descendant is 'Closure of area_membership, made at build: all areas of a level inside an area. Designated cities are on level municipality.';
comment on column area_descendant.ancestor_code is 'The containing area.';
comment on column area_descendant.descendant_code is 'The area inside it.';
comment on column area_descendant.level is 'Level of the descendant: its area_type, but municipality for designated cities too.';
comment on column area_descendant.valid_from is 'First day on which both memberships and the descendant hold.';
comment on column area_descendant.valid_to is 'Last day; null while it holds.';

create table area_change (
    old_code varchar not null,
    new_code varchar not null,
    changed_on date not null,
    reason varchar not null
);
comment on table area_change is 'Mergers, splits, renamings and ward reorganisations, as published.';
comment on column area_change.old_code is 'Code before the change.';
comment on column area_change.new_code is 'Code after the change.';
comment on column area_change.changed_on is 'First day of the new state.';
comment on column area_change.reason is 'Reason in the words of the source.';

create table area_boundary (
    area_code varchar not null,
    detail varchar not null,
    geometry_wkb blob not null
);
comment on table area_boundary is 'Simplified polygons with shared borders kept.';
comment on column area_boundary.area_code is 'The area.';
comment on column area_boundary.detail is 'national (coarse) or prefecture (fine).';
comment on column area_boundary.geometry_wkb is 'Polygon or multipolygon, longitude and latitude in degrees, JGD2011 (EPSG:6668).';

create table boundary_topology (
    level varchar not null,
    parent_area_code varchar not null,
    topojson_gzip blob not null,
    etag varchar not null,
    west double not null,
    south double not null,
    east double not null,
    north double not null,
    outside_codes varchar[] not null
);
comment on table boundary_topology is 'TopoJSON of all areas of a level inside a parent, gzip-compressed at build and served as it is.';
comment on column boundary_topology.level is 'Level of the polygons, as in area_descendant.level.';
comment on column boundary_topology.parent_area_code is 'The area whose parts are drawn.';
comment on column boundary_topology.topojson_gzip is 'Object name areas; feature id and properties.area_code hold the code, properties.area_name the name.';
comment on column boundary_topology.etag is 'First 16 hex digits of the SHA-256 of the uncompressed text.';
comment on column boundary_topology.west is 'Western edge of the main extent, degrees, JGD2011: the largest polygon part and what lies near to it.';
comment on column boundary_topology.south is 'Southern edge of the main extent.';
comment on column boundary_topology.east is 'Eastern edge of the main extent.';
comment on column boundary_topology.north is 'Northern edge of the main extent.';
comment on column boundary_topology.outside_codes is 'Codes of the areas that lie wholly outside the main extent, ascending; empty where none does.';

create table area_neighbour (
    area_code varchar not null,
    neighbour_code varchar not null
);
comment on table area_neighbour is 'Pairs of municipalities that share a border, both directions.';
comment on column area_neighbour.area_code is 'An area.';
comment on column area_neighbour.neighbour_code is 'An area that touches it along a line.';

create table source (
    source_id varchar primary key,
    title varchar not null,
    publisher varchar not null,
    licence varchar not null,
    url varchar,
    vintage varchar,
    file_name varchar,
    sha256 varchar,
    retrieved_on date
);
comment on table source is 'One row per loaded file.';
comment on column source.source_id is 'Catalogue source and file, e.g. kaigo_service:jigyosho_160.csv.';
comment on column source.title is 'Title to cite.';
comment on column source.publisher is 'Who publishes it.';
comment on column source.licence is 'Terms of use, with the attribution that they ask for.';
comment on column source.url is 'Page at the publisher.';
comment on column source.vintage is 'Reference date or period of the content, in words as printed on the screen.';
comment on column source.file_name is 'Name of the file as loaded.';
comment on column source.sha256 is 'SHA-256 of the file as loaded.';
comment on column source.retrieved_on is 'Day of the download where known, else of the file.';

create table source_coverage (
    source_id varchar not null,
    subject varchar not null,
    area_code varchar not null
);
comment on table source_coverage is 'What a source covers: zero is shown only where covered, everything else is missing.';
comment on column source_coverage.source_id is 'The loaded file.';
comment on column source_coverage.subject is 'A facility_type, measure_id, survey form or population:edition.';
comment on column source_coverage.area_code is 'The area covered with all that lies in it.';

create table population (
    area_code varchar not null,
    edition varchar not null,
    year smallint not null,
    sex varchar not null,
    age_from smallint not null,
    age_to smallint,
    persons double not null,
    is_projection boolean not null,
    source_id varchar not null,
    source_ref varchar not null
);
comment on table population is 'Population by area, edition, year, sex and age band, as the sources print it.';
comment on column population.area_code is 'The area.';
comment on column population.edition is 'ipss2018, ipss2023, juki, census, demo or ltc_insured (first-insured persons of long-term care insurance); never mixed.';
comment on column population.year is 'Calendar year of 1 October for censuses and projections; fiscal year for ltc_insured (end of March of the year after).';
comment on column population.sex is 'total, male or female.';
comment on column population.age_from is 'First age of the band.';
comment on column population.age_to is 'Last age of the band; null for an open band; all ages are 0 to null.';
comment on column population.persons is 'Persons.';
comment on column population.is_projection is 'False for counted years.';
comment on column population.source_id is 'Where from.';
comment on column population.source_ref is 'Sheet and cell, or row, in the file.';

create table population_total (
    area_code varchar not null,
    edition varchar not null,
    year smallint not null,
    total double,
    age_0_14 double,
    age_15_64 double,
    age_65_plus double,
    age_75_plus double,
    age_85_plus double,
    is_projection boolean not null,
    basis varchar not null
);
comment on table population_total is 'Broad age groups, made at build; larger areas without a row of their own are summed when every member is there.';
comment on column population_total.area_code is 'The area.';
comment on column population_total.edition is 'As in population.';
comment on column population_total.year is 'As in population.';
comment on column population_total.total is 'All ages, persons; null where the source cannot say (so for every group).';
comment on column population_total.age_0_14 is 'Persons aged 0 to 14.';
comment on column population_total.age_15_64 is 'Persons aged 15 to 64.';
comment on column population_total.age_65_plus is 'Persons aged 65 and over.';
comment on column population_total.age_75_plus is 'Persons aged 75 and over.';
comment on column population_total.age_85_plus is 'Persons aged 85 and over.';
comment on column population_total.is_projection is 'False for counted years.';
comment on column population_total.basis is 'source when the file has the area itself, sum when added up from its members.';

create view population_summary as
select
    area_code,
    edition,
    year,
    total,
    age_0_14,
    age_15_64,
    age_65_plus,
    age_75_plus,
    age_85_plus
from population_total;
comment on view population_summary is 'Population by broad age group; null where the source cannot say.';
comment on column population_summary.area_code is 'The area.';
comment on column population_summary.edition is 'As in population.';
comment on column population_summary.year is 'As in population.';
comment on column population_summary.total is 'All ages, persons.';
comment on column population_summary.age_0_14 is 'Persons aged 0 to 14.';
comment on column population_summary.age_15_64 is 'Persons aged 15 to 64.';
comment on column population_summary.age_65_plus is 'Persons aged 65 and over.';
comment on column population_summary.age_75_plus is 'Persons aged 75 and over.';
comment on column population_summary.age_85_plus is 'Persons aged 85 and over.';

create table facility (
    facility_id varchar not null,
    name varchar not null,
    facility_type varchar not null,
    area_code varchar,
    ward_code varchar,
    lon double,
    lat double,
    location_quality varchar not null,
    address varchar,
    capacity integer,
    attributes json,
    source_id varchar not null,
    source_ref varchar not null
);
comment on table facility is 'One row per facility and type.';
comment on column facility.facility_id is 'Number of the office or institution in the source, with a prefix for the register.';
comment on column facility.name is 'Name as published.';
comment on column facility.facility_type is 'Identifier in the facility type catalogue.';
comment on column facility.area_code is 'Municipality or designated city; null where it cannot be told.';
comment on column facility.ward_code is 'Ward of a designated city.';
comment on column facility.lon is 'Longitude in degrees; null unless location_quality is exact.';
comment on column facility.lat is 'Latitude in degrees; null unless location_quality is exact.';
comment on column facility.location_quality is 'exact, out_of_range (printed coordinates lie outside the country or more than 5 km from the municipality), missing or area_only.';
comment on column facility.address is 'Address as published.';
comment on column facility.capacity is 'Capacity or beds; null when not entered.';
comment on column facility.attributes is 'Further facts as JSON, keys as in the facility type catalogue (grade, open_24h, days, beds_by_kind, corporation, …).';
comment on column facility.source_id is 'Where from.';
comment on column facility.source_ref is 'Row in the file.';

create table facility_count (
    area_code varchar not null,
    facility_type varchar not null,
    facilities integer not null,
    capacity integer,
    capacity_known integer not null
);
comment on table facility_count is 'Distinct facilities by area and type, made at build, only where a source covers the area; zero is an observed zero.';
comment on column facility_count.area_code is 'An area of any kind whose parts are all covered.';
comment on column facility_count.facility_type is 'Identifier in the facility type catalogue.';
comment on column facility_count.facilities is 'Distinct facility_id.';
comment on column facility_count.capacity is 'Sum of the capacities that are entered; null when none is.';
comment on column facility_count.capacity_known is 'How many facilities have a capacity.';

create table facility_vintage (
    area_code varchar not null,
    facility_type varchar not null,
    as_of varchar not null,
    vintage varchar not null,
    facilities integer not null,
    capacity integer,
    entered integer,
    gone integer,
    source_id varchar not null
);
comment on table facility_vintage is 'Counts of the types of which several vintages of one list are in the raw folder; the newest is the one in facility.';
comment on column facility_vintage.area_code is 'Municipality, designated city or ward; zero where another vintage has some.';
comment on column facility_vintage.facility_type is 'Identifier in the facility type catalogue.';
comment on column facility_vintage.as_of is 'The day that the list states, as text that sorts (2025-12-31, 2026-06); blank when it states none, which is the oldest.';
comment on column facility_vintage.vintage is 'The same in words, as in source.';
comment on column facility_vintage.facilities is 'Distinct facility_id.';
comment on column facility_vintage.capacity is 'Sum of the capacities that are entered; null when none is.';
comment on column facility_vintage.entered is 'Numbers that the vintage before does not have; null for the oldest, and where the register gives new numbers each time.';
comment on column facility_vintage.gone is 'Numbers of the vintage before that this one does not have; null as in entered.';
comment on column facility_vintage.source_id is 'Where from.';

create table measure (
    area_code varchar not null,
    measure_id varchar not null,
    period varchar not null,
    value double,
    status varchar not null,
    source_id varchar not null,
    source_ref varchar not null
);
comment on table measure is 'Counted quantities as published, from which indicators are computed (insured and certified persons, demand, survey counts).';
comment on column measure.area_code is 'The area.';
comment on column measure.measure_id is 'Identifier in the measure catalogue.';
comment on column measure.period is 'FY2023 for a fiscal year, 2030 for a calendar year, undated where the source prints no date.';
comment on column measure.value is 'The quantity; null unless status is observed.';
comment on column measure.status is 'See the head of this file.';
comment on column measure.source_id is 'Where from.';
comment on column measure.source_ref is 'Sheet and cell, or row, in the file.';

create table measure_vintage (
    area_code varchar not null,
    area_name varchar not null,
    measure_id varchar not null,
    as_of varchar not null,
    vintage varchar not null,
    period varchar not null,
    value double,
    status varchar not null,
    source_id varchar not null,
    source_ref varchar not null
);
comment on table measure_vintage is 'What an older edition of an estimate said; the newest is the one in measure, and the two are never mixed.';
comment on column measure_vintage.area_code is 'The area, which may have ended since.';
comment on column measure_vintage.area_name is 'Its name in that edition.';
comment on column measure_vintage.measure_id is 'As in measure.';
comment on column measure_vintage.as_of is 'What the edition is of, as text that sorts (2024).';
comment on column measure_vintage.vintage is 'The same in words, as in source.';
comment on column measure_vintage.period is 'As in measure.';
comment on column measure_vintage.value is 'The quantity; null unless status is observed.';
comment on column measure_vintage.status is 'See the head of this file.';
comment on column measure_vintage.source_id is 'Where from.';
comment on column measure_vintage.source_ref is 'Sheet and cell in the file.';

create table indicator (
    indicator_id varchar primary key,
    title varchar not null,
    definition varchar not null,
    unit varchar not null,
    decimals smallint not null,
    polarity varchar not null,
    dimension varchar not null,
    domain varchar not null,
    smallest_level varchar not null,
    source_title varchar not null,
    cycle varchar not null,
    caveat varchar,
    disclosure varchar not null,
    per_75plus double,
    waiting_for varchar
);
comment on table indicator is 'Indicator facts from the catalogue.';
comment on column indicator.indicator_id is 'Identifier.';
comment on column indicator.title is 'Japanese title.';
comment on column indicator.definition is 'Numerator and denominator in words.';
comment on column indicator.unit is 'Unit as printed.';
comment on column indicator.decimals is 'Decimals to print.';
comment on column indicator.polarity is 'high_is_good, low_is_good or no_judgement.';
comment on column indicator.dimension is 'structure, process or outcome.';
comment on column indicator.domain is 'Domain of the indicator table.';
comment on column indicator.smallest_level is 'Smallest level at which it is meaningful.';
comment on column indicator.source_title is 'Where it is published.';
comment on column indicator.cycle is 'How often it is published.';
comment on column indicator.caveat is 'What a reader must know.';
comment on column indicator.disclosure is 'persons (suppressed below the threshold), facilities or none.';
comment on column indicator.per_75plus is 'Multiplier of a rate by people aged 75 and over, whose denominator is chosen for the areas in view; null for all others.';
comment on column indicator.waiting_for is 'What must be loaded before it can be computed; null when it is computed in this generation.';

create table observation (
    area_code varchar not null,
    indicator_id varchar not null,
    period varchar not null,
    value double,
    numerator double,
    denominator double,
    lower_ci double,
    upper_ci double,
    status varchar not null,
    source_id varchar not null,
    source_ref varchar not null
);
comment on table observation is 'Indicator values, computed at build from counts; larger areas from summed numerators and denominators.';
comment on column observation.area_code is 'The area.';
comment on column observation.indicator_id is 'The indicator.';
comment on column observation.period is 'FY2023 for a fiscal year, 2030 for a calendar year, undated where the source prints no date.';
comment on column observation.value is 'The value in the indicator''s unit; null unless status is observed.';
comment on column observation.numerator is 'Numerator.';
comment on column observation.denominator is 'Denominator.';
comment on column observation.lower_ci is 'Lower 95 % limit (Wilson for shares, Byar for rates); null where none applies.';
comment on column observation.upper_ci is 'Upper 95 % limit.';
comment on column observation.status is 'See the head of this file.';
comment on column observation.source_id is 'Source of the numerator.';
comment on column observation.source_ref is 'How it was made: the recipe, and the denominator with its year.';

create table survey_answer (
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
comment on table survey_answer is 'One row per respondent, year and question that was asked; several values of a multiple answer are joined by a semicolon.';
comment on column survey_answer.survey_id is 'municipal_form or prefectural_form.';
comment on column survey_answer.framework is 'h27r2 or r3.';
comment on column survey_answer.fiscal_year is 'Fiscal year of the survey.';
comment on column survey_answer.area_code is 'The respondent, with its code of that year.';
comment on column survey_answer.question_id is 'Identifier in the survey definition.';
comment on column survey_answer.value is 'Code of the answer; null unless status is observed.';
comment on column survey_answer.status is 'See the head of this file.';
comment on column survey_answer.note is 'Note of the respondent.';
comment on column survey_answer.import_id is 'The import that brought it.';
comment on column survey_answer.source_ref is 'Sheet and cell in the original workbook.';

create table survey_import (
    import_id varchar primary key,
    survey_id varchar not null,
    fiscal_year smallint not null,
    file_name varchar not null,
    sha256 varchar not null,
    accepted_by varchar not null,
    accepted_at timestamp not null,
    row_count integer not null,
    superseded_by varchar
);
comment on table survey_import is 'One row per accepted survey workbook.';
comment on column survey_import.import_id is 'Identifier.';
comment on column survey_import.survey_id is 'Which form.';
comment on column survey_import.fiscal_year is 'Which year.';
comment on column survey_import.file_name is 'Name of the workbook.';
comment on column survey_import.sha256 is 'SHA-256 of the workbook.';
comment on column survey_import.accepted_by is 'Who accepted it; build when it came with the raw folder.';
comment on column survey_import.accepted_at is 'When.';
comment on column survey_import.row_count is 'Respondents in it.';
comment on column survey_import.superseded_by is 'The import that replaced it.';

create table reference_fact (
    fact_id varchar primary key,
    area varchar not null,
    period varchar not null,
    measure varchar not null,
    unit varchar not null,
    value_text varchar not null,
    value double,
    source_title varchar not null,
    quote varchar not null
);
comment on table reference_fact is 'Figures printed in the five source documents, with a short quotation.';
comment on column reference_fact.fact_id is 'F001 to F187.';
comment on column reference_fact.area is 'Area as printed.';
comment on column reference_fact.period is 'Period as printed.';
comment on column reference_fact.measure is 'What is measured.';
comment on column reference_fact.unit is 'Unit as printed.';
comment on column reference_fact.value_text is 'Value as printed.';
comment on column reference_fact.value is 'The same as a number; null where it is not a single number.';
comment on column reference_fact.source_title is 'Title of the document.';
comment on column reference_fact.quote is 'The words in which it stands there.';

create table build_report (
    file_name varchar not null,
    layout varchar,
    outcome varchar not null,
    rows_read integer not null,
    rows_set_aside integer not null,
    reason varchar,
    vintage varchar,
    source_id varchar
);
comment on table build_report is 'One row per file of the raw folder.';
comment on column build_report.file_name is 'Path below the raw folder.';
comment on column build_report.layout is 'What it was recognised as; null when not recognised.';
comment on column build_report.outcome is 'loaded, older (kept beside the newest, in facility_vintage or measure_vintage or as dated memberships), not_used, not_recognised, broken, or failed (a fault of this product; the log has it).';
comment on column build_report.rows_read is 'Rows taken over.';
comment on column build_report.rows_set_aside is 'Rows left out.';
comment on column build_report.reason is 'Why the file or its rows were left out, in Japanese.';
comment on column build_report.vintage is 'Reference date or period of the content.';
comment on column build_report.source_id is 'The source entry, when loaded.';

create table row_issue (
    file_name varchar not null,
    source_ref varchar not null,
    field varchar,
    found varchar,
    reason varchar not null
);
comment on table row_issue is 'Rows that were set aside or mended, with the reason.';
comment on column row_issue.file_name is 'Path below the raw folder.';
comment on column row_issue.source_ref is 'Sheet and cell, or row.';
comment on column row_issue.field is 'Column of the file.';
comment on column row_issue.found is 'What stood there, shortened to 100 characters.';
comment on column row_issue.reason is 'Why, in Japanese.';

create table meta (
    key varchar primary key,
    value varchar not null
);
comment on table meta is 'Facts about this generation: generation, dataset (demo or official), schema_version, built_at.';
comment on column meta.key is 'Name of the fact.';
comment on column meta.value is 'Its value.';

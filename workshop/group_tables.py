"""The tables of group work in a room's file."""

from __future__ import annotations

# `number` is what others see of a participant; `asked_at` is 0 where the pen was not asked for.
TABLES = """
create table if not exists work_group (
    group_id text not null primary key,
    name text not null,
    area_code text not null,
    place integer not null,
    pen_holder text not null,
    pen_seen_at real not null,
    version integer not null,
    is_removed integer not null
) strict, without rowid;

create table if not exists group_member (
    group_id text not null,
    pid text not null,
    number integer not null,
    asked_at real not null,
    primary key (group_id, pid)
) strict, without rowid;

create table if not exists sheet_text (
    group_id text not null,
    key text not null,
    text text not null,
    version integer not null,
    primary key (group_id, key)
) strict, without rowid;

create table if not exists exercise (
    exercise_key text not null primary key
) strict, without rowid;
"""

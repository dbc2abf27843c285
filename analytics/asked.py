"""Named parts of queries: the areas and kinds of facility asked for, in the order asked."""

from __future__ import annotations

# For queries that bind area_codes.
AREAS = """
areas as (
    select
        unnest($area_codes) as area_code,
        generate_subscripts($area_codes, 1) as area_order
),
"""

# The same areas, each once and in no order.
AREA_SET = """
areas as (
    select distinct unnest($area_codes::varchar[]) as area_code
),
"""

# The same areas with all that lies in them and all they lie in: whose coverage reaches them.
REACHING = """
inside as (
    select unnest($area_codes::varchar[]) as area_code
    union
    select descendant_code
    from area_descendant
    where
        list_contains($area_codes, ancestor_code)
        and valid_to is null
),

reaching as (
    select area_code
    from inside
    union
    select area_descendant.ancestor_code
    from area_descendant
    inner join inside
        on inside.area_code = area_descendant.descendant_code
    where area_descendant.valid_to is null
),
"""

# For queries that bind facility_types.
TYPES = """
types as (
    select
        unnest($facility_types) as facility_type,
        generate_subscripts($facility_types, 1) as type_order
),
"""

# After AREAS: every municipality and ward of an area, and the area itself.
MEMBERS = """
members as (
    select
        areas.area_code,
        area_descendant.descendant_code as member_code
    from areas
    inner join area_descendant
        on
            area_descendant.ancestor_code = areas.area_code
            and area_descendant.level in ('municipality', 'ward')
            and area_descendant.valid_to is null
    union
    select
        area_code,
        area_code as member_code
    from areas
),
"""

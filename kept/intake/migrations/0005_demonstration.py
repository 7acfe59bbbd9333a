"""How far a demonstration is. One can only begin where nobody is held."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

BEGIN = """
create function ledger.begin_demonstration(p_token text, p_seed bigint, p_day date, p_at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare asker record;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    if exists (select from record_person) then
        return false;
    end if;
    insert into intake_demonstration (only_one, seed, day_on, begun_at) values (true, p_seed, p_day, p_at);
    return true;
end $$;
grant insert on intake_demonstration to kept_guard;
grant execute on function ledger.begin_demonstration(text, bigint, date, timestamptz) to kept_intake;
alter function ledger.begin_demonstration(text, bigint, date, timestamptz) owner to kept_guard;

grant select on intake_demonstration to kept_application, kept_intake;
grant select, update ("left") on intake_demonstration_batch to kept_application, kept_intake;
grant insert on intake_demonstration_batch to kept_intake;
alter table intake_demonstration_batch enable row level security;
alter table intake_demonstration_batch force row level security;
create policy of_a_demonstration on intake_demonstration_batch to kept_application, kept_intake
    using (true) with check (exists (select from intake_demonstration) and entry_id is not null);
grant select on intake_demonstration, intake_demonstration_batch to kept_backup;
"""
COUNTS = (
    "children_before",
    "numbers_of_children_before",
    "numbers_of_adults_before",
    "families_after",
    "children_after",
    "numbers_of_children_after",
    "numbers_of_adults_after",
)


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_left_out"), ("record", "0013_many_at_once")]
    operations = [
        migrations.CreateModel(
            "Demonstration",
            [
                ("only_one", models.BooleanField(default=True, primary_key=True, serialize=False)),
                ("seed", models.BigIntegerField()),
                ("day_on", models.DateField()),
                ("begun_at", models.DateTimeField()),
            ],
            {
                "db_table": "intake_demonstration",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("only_one", True)), name="one_demonstration")
                ],
            },
        ),
        migrations.CreateModel(
            "DemonstrationBatch",
            [
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                *((name, models.BigIntegerField()) for name in COUNTS),
                ("entry_id", models.BigIntegerField()),
                ("left", ArrayField(models.TextField(), default=list)),
            ],
            {
                "db_table": "intake_demonstration_batch",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("families_after__gt", models.F("number"))),
                        name="a_batch_has_families",
                    ),
                    models.UniqueConstraint(fields=["families_after"], name="no_two_batches_end_alike"),
                ],
            },
        ),
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
    ]

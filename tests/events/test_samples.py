"""The published samples read whole: no record is lost, and every one that is left out has its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from sides.events.gathering import gathering

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "events"
# Records by the samples' own descriptions, and how many of them are events here.
EXPECTED = {
    "gdelt/20191024143000.export.CSV.gz": ("gdelt", 2111), "gdelt/events1_20160728_58columns.tsv": ("gdelt", 509),
    "gdelt/events1_198201_57columns.tsv": ("gdelt", 201), "icews/events.2018.sample.tab.gz": ("icews", 3705),
    "phoenix/samplePhox.csv.gz": ("phoenix", 5000), "keds/levant_cameo_1979_2011.csv.gz": ("keds", 145_709),
    "keds/gulf_weis_1979_1999.csv.gz": ("keds", 54_466), "keds/turkey_cameo_1992_2006.csv.gz": ("keds", 29_029),
    "keds/balkans_weis_1989_2003.csv.gz": ("keds", 72_953), "keds/central_asia_weis_1989_1999.csv.gz": ("keds", 8377),
    "acled/acled_2022_middle_east_ukraine.csv.gz": ("acled", 2054),
    "acled/acled_benin_2009_2022.csv.gz": ("acled", 811), "ucdp/ged_23.1_sample_1000.csv.gz": ("ucdp-ged", 1000),
    "ucdp/ged_syria_2016_2019.csv.gz": ("ucdp-ged", 16_566), "ucdp/ucdp_prio_acd_24.1.csv.gz": ("ucdp-acd", 2686),
    "ucdp/ucdp_dyadic_19.1_7columns.csv": ("ucdp-dyadic", 3000),
    "ucdp/ucdp_nonstate_17.1.csv": ("ucdp-nonstate", 1000),
    "ucdp/ucdp_brd_dyadic_17.1.csv": ("ucdp-battle-deaths", 1113), "cow/mie_1.0.csv.gz": ("cow-mie", 28_011),
    "cow/alliance_v4.1_by_dyad.csv.gz": ("cow-alliances", 3222),
    "cow/alliance_v4.1_by_member.csv": ("cow-alliance-members", 1221), "cow/MIDB_5.0.csv.gz": ("cow-mid", 5883),
    "cow/MIDIP_5.0.csv.gz": ("cow-mid-incidents", 9619), "atop/atop_4.01_member.csv.gz": ("atop", 2398),
}


@pytest.mark.skipif(not SAMPLES.exists(), reason="the published samples are not part of the repository")
def test_every_sample_is_recognized_and_reads_whole():
    with gathering() as found:
        told = {one.file: one for one in found.read(SAMPLES / name for name in EXPECTED)}
        for name, (dataset, records) in EXPECTED.items():
            account = told[str(SAMPLES / name)].account
            assert account is not None, told[str(SAMPLES / name)].error
            assert (account.dataset, account.records) == (dataset, records), name
            assert account.read + sum(account.left_out.values()) == records
            assert "columns" not in account.left_out
            assert "date" not in account.left_out
        # Codes that the schemes lack are misprints and local inventions: few.
        unknown = sum(one.account.left_out.get("code", 0) for one in told.values() if one.account)
        assert unknown < 0.003 * sum(records for _, records in EXPECTED.values())
        (pairs,) = found.connection.execute(
            "SELECT count(*) FROM gathered WHERE list_sort([source, target]) = ['hezbollah', 'israel'] "
            "AND file LIKE '%levant%'").fetchone() or (0,)
        assert pairs > 900  # the packager counts 976 rows, statements among them


@pytest.mark.skipif(not SAMPLES.exists(), reason="the published samples are not part of the repository")
def test_alliances_and_second_parties_of_the_samples():
    with gathering() as found:
        list(found.read([SAMPLES / "ucdp/ucdp_prio_acd_24.1.csv.gz", SAMPLES / "cow/alliance_v4.1_by_dyad.csv.gz"]))
        told = set(found.connection.execute("SELECT source, type, target FROM gathered").fetchall())
        assert ("russia", "BACKING", "syria") in told
        assert ("united-states", "ALLIANCE", "united-kingdom") in told

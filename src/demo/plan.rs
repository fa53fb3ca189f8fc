//! The story in figures: what comes in per source and quarter, and what becomes of it. Tables only, no chance.

use crate::domain::policy::SourceSide;

/// Quarters that the demo tells: one of run-in, four of history, and the one that the room looks at.
pub(super) const QUARTERS: [(i32, u32); 6] = [
    (2024, 4),
    (2024, 7),
    (2024, 10),
    (2025, 1),
    (2025, 4),
    (2025, 7),
];

/// The quarter that the room looks at.
pub(super) const NOW: usize = 5;

/// What a quarter adds up to.
pub(super) struct Quarter {
    /// Cost per lead, whole euros.
    pub cost_per_lead: i64,
    /// Revenue, whole euros.
    pub revenue: i64,
    /// Qualified pipeline, whole euros.
    pub pipeline: i64,
    /// Targets: MQLs, revenue, qualified pipeline (whole euros), month by month.
    pub mql_target: [i64; 3],
    /// See above.
    pub revenue_target: [i64; 3],
    /// See above.
    pub pipeline_target: [i64; 3],
    /// Mean attempts, in tenths, before a rep gives up on a lead that nobody spoke with.
    pub attempts_tenths: usize,
    /// How many rejections in a hundred rest on a conversation, where the reason asks for one.
    pub spoke: u32,
}

const fn quarter(
    cost_per_lead: i64,
    [revenue, pipeline]: [i64; 2],
    mql_target: [i64; 3],
    revenue_target: [i64; 3],
    pipeline_target: [i64; 3],
    [attempts_tenths, spoke]: [usize; 2],
) -> Quarter {
    Quarter {
        cost_per_lead,
        revenue,
        pipeline,
        mql_target,
        revenue_target,
        pipeline_target,
        attempts_tenths,
        spoke: spoke as u32,
    }
}

/// In the order of [`QUARTERS`].
pub(super) const TOTALS: [Quarter; 6] = [
    quarter(
        106,
        [240_000, 1_500_000],
        [95, 95, 100],
        [80_000, 80_000, 90_000],
        [480_000, 480_000, 500_000],
        [26, 78],
    ),
    quarter(
        104,
        [905_000, 1_840_000],
        [105, 95, 120],
        [290_000, 270_000, 340_000],
        [600_000, 560_000, 700_000],
        [26, 77],
    ),
    quarter(
        98,
        [1_042_000, 2_240_000],
        [140, 145, 105],
        [330_000, 350_000, 320_000],
        [760_000, 790_000, 570_000],
        [24, 74],
    ),
    quarter(
        102,
        [1_018_000, 2_170_000],
        [130, 130, 140],
        [320_000, 320_000, 360_000],
        [680_000, 680_000, 740_000],
        [23, 72],
    ),
    quarter(
        100,
        [981_000, 1_985_000],
        [135, 135, 140],
        [320_000, 320_000, 360_000],
        [660_000, 660_000, 740_000],
        [19, 68],
    ),
    quarter(
        90,
        [850_000, 1_397_000],
        [139, 130, 148],
        [320_000, 300_000, 380_000],
        [640_000, 590_000, 720_000],
        [13, 60],
    ),
];

/// Targets of the quarter that has not begun: MQLs, revenue, qualified pipeline.
pub(super) const NEXT: [[i64; 3]; 3] = [
    [150, 155, 115],
    [350_000, 360_000, 340_000],
    [700_000, 720_000, 540_000],
];

/// What kind of people a source brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Crowd {
    /// People who buy.
    Buyers,
    /// Students after a free book.
    Students,
    /// Competitors who look at the comparison.
    Competitors,
    /// Friends of the house and hand-picked contacts.
    Picked,
}

/// A source of leads over all quarters.
pub(super) struct SourcePlan {
    /// Its name; `None`: nobody knows where these came from.
    pub name: Option<&'static str>,
    /// Whose it is.
    pub side: SourceSide,
    /// Whether it costs nothing.
    pub free: bool,
    /// How dear a lead of it is beside the others, in tenths.
    pub price: i64,
    /// Whom it brings.
    pub crowd: Crowd,
    /// Leads per quarter.
    pub leads: [usize; 6],
    /// Handed over to sales per quarter; all of them MQLs unless sales found them itself.
    pub handed: [usize; 6],
    /// Accepted in the quarter that the room looks at; in earlier quarters it is a share of what was handed over.
    pub accepted_now: usize,
    /// Its campaigns.
    pub campaigns: &'static [&'static str],
}

/// Share of hand-overs accepted in the quarters before, per crowd, in percent.
pub(super) const fn accepted(crowd: Crowd) -> u32 {
    match crowd {
        Crowd::Buyers => 52,
        Crowd::Students => 22,
        Crowd::Competitors => 27,
        Crowd::Picked => 72,
    }
}

/// Every source.
pub(super) const SOURCES: &[SourcePlan] = &[
    SourcePlan {
        name: Some("Webinars"),
        side: SourceSide::Marketing,
        free: false,
        price: 10,
        crowd: Crowd::Buyers,
        leads: [120, 140, 165, 172, 165, 140],
        handed: [50, 58, 70, 74, 72, 62],
        accepted_now: 26,
        campaigns: &["Dock to stock live", "Peak season clinic"],
    },
    SourcePlan {
        name: Some("Search ads"),
        side: SourceSide::Marketing,
        free: false,
        price: 13,
        crowd: Crowd::Buyers,
        leads: [150, 170, 205, 210, 200, 170],
        handed: [62, 70, 86, 88, 84, 66],
        accepted_now: 25,
        campaigns: &["Brand", "Warehouse software", "Slotting"],
    },
    SourcePlan {
        name: Some("Trade shows"),
        side: SourceSide::Marketing,
        free: false,
        price: 30,
        crowd: Crowd::Buyers,
        leads: [70, 55, 105, 80, 85, 60],
        handed: [30, 22, 44, 34, 36, 28],
        accepted_now: 11,
        campaigns: &["LogiMesse", "Salon du Quai"],
    },
    SourcePlan {
        name: Some("Organic search"),
        side: SourceSide::Marketing,
        free: true,
        price: 0,
        crowd: Crowd::Buyers,
        leads: [105, 120, 140, 146, 140, 120],
        handed: [36, 42, 48, 50, 48, 38],
        accepted_now: 11,
        campaigns: &[],
    },
    SourcePlan {
        name: Some("Newsletter"),
        side: SourceSide::Marketing,
        free: true,
        price: 0,
        crowd: Crowd::Buyers,
        leads: [42, 46, 56, 57, 55, 50],
        handed: [16, 18, 22, 22, 22, 16],
        accepted_now: 4,
        campaigns: &["Monthly letter"],
    },
    SourcePlan {
        name: Some("E-book syndication"),
        side: SourceSide::Marketing,
        free: false,
        price: 5,
        crowd: Crowd::Students,
        leads: [62, 78, 94, 102, 105, 350],
        handed: [30, 38, 46, 50, 52, 150],
        accepted_now: 7,
        campaigns: &["Warehouse primer", "Free toolkit"],
    },
    SourcePlan {
        name: Some("Comparison portal"),
        side: SourceSide::Marketing,
        free: false,
        price: 7,
        crowd: Crowd::Competitors,
        leads: [52, 66, 80, 86, 90, 230],
        handed: [26, 34, 40, 44, 46, 110],
        accepted_now: 8,
        campaigns: &["Top ten list", "Price check"],
    },
    SourcePlan {
        name: Some("Partner referrals"),
        side: SourceSide::Partner,
        free: false,
        price: 6,
        crowd: Crowd::Picked,
        leads: [34, 38, 44, 45, 45, 36],
        handed: [20, 22, 26, 26, 26, 18],
        accepted_now: 8,
        campaigns: &[],
    },
    SourcePlan {
        name: None,
        side: SourceSide::Unknown,
        free: false,
        price: 0,
        crowd: Crowd::Buyers,
        leads: [20, 22, 24, 25, 25, 40],
        handed: [10, 11, 13, 14, 14, 12],
        accepted_now: 2,
        campaigns: &[],
    },
    SourcePlan {
        name: Some("Outbound"),
        side: SourceSide::Sales,
        free: false,
        price: 0,
        crowd: Crowd::Picked,
        leads: [40, 44, 50, 52, 50, 54],
        handed: [20, 22, 26, 28, 28, 24],
        accepted_now: 15,
        campaigns: &[],
    },
];

/// Why leads are rejected, with a weight per crowd.
pub(super) fn reasons(crowd: Crowd) -> &'static [(&'static str, u32)] {
    match crowd {
        Crowd::Buyers => &[
            ("unreachable", 19),
            ("too_small", 15),
            ("no_budget", 15),
            ("not_decision_maker", 11),
            ("student", 13),
            ("no_need", 6),
            ("not_interested", 6),
            ("competitor", 10),
            ("bad_contact_data", 4),
            ("duplicate", 3),
            ("wrong_region", 2),
            ("other", 1),
        ],
        Crowd::Students => &[
            ("student", 84),
            ("unreachable", 6),
            ("too_small", 4),
            ("job_seeker", 3),
            ("bad_contact_data", 3),
            ("competitor", 3),
        ],
        Crowd::Competitors => &[
            ("competitor", 81),
            ("student", 8),
            ("unreachable", 6),
            ("too_small", 3),
            ("no_budget", 4),
            ("existing_customer", 2),
        ],
        Crowd::Picked => &[
            ("no_budget", 30),
            ("unreachable", 25),
            ("no_need", 25),
            ("not_decision_maker", 20),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_hundred_mqls_stand_against_a_target_of_417() {
        let mqls: usize = SOURCES
            .iter()
            .filter(|s| s.side != SourceSide::Sales)
            .map(|s| s.handed[NOW])
            .sum();
        assert_eq!(mqls, 500);
        assert_eq!(TOTALS[NOW].mql_target.iter().sum::<i64>(), 417);
        assert_eq!(TOTALS[NOW].revenue_target.iter().sum::<i64>(), 1_000_000);
    }

    #[test]
    fn a_quarter_of_what_was_handed_over_is_worth_it() {
        let handed: usize = SOURCES.iter().map(|s| s.handed[NOW]).sum();
        let accepted: usize = SOURCES.iter().map(|s| s.accepted_now).sum();
        assert_eq!((accepted, handed), (117, 524));
    }

    #[test]
    fn every_reason_is_in_the_stock_catalogue() {
        for source in SOURCES {
            for (code, _) in reasons(source.crowd) {
                assert!(crate::domain::reason::stock(code).is_some(), "{code}");
            }
        }
    }
}

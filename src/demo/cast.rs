//! Who the leads are: companies with their size and trade, people with title and address. Invented; writes nothing.

use super::extras::{COMPETITORS, FREE_MAIL};
use super::names::{LOCALES, Locale, Order, Spelled};
use super::rng::Rng;

/// What kind of person a lead turns out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Works where the product is used.
    Buyer,
    /// The same, in a company of a handful.
    Small,
    /// Writes a thesis.
    Student,
    /// Sells the same.
    Competitor,
    /// Looks for work.
    JobSeeker,
}

/// A company.
#[derive(Clone, Debug)]
pub(super) struct Firm {
    /// Name in its own script.
    pub name: String,
    /// Mail domain.
    pub domain: String,
    /// Country.
    pub country: &'static str,
    /// Headcount.
    pub employees: i64,
    /// Trade.
    pub industry: &'static str,
    kind: Kind,
    place: usize,
}

/// Every company of the demo.
pub(super) struct Cast {
    /// The companies; a lead holds an index.
    pub firms: Vec<Firm>,
    taken: std::collections::BTreeSet<String>,
}

/// A person with what the form told.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// Full name in its own script.
    pub name: String,
    /// Mail address; the host tells whether it is a company's.
    pub email: String,
    /// Whether the address is a company's.
    pub company_email: bool,
    /// Job title.
    pub title: &'static str,
    /// Level of the job.
    pub level: &'static str,
    /// Employees as the form says, which is not always there.
    pub employees: Option<i64>,
    /// Industry as the form says.
    pub industry: Option<&'static str>,
    /// Budget in whole euros, where told.
    pub budget: Option<i64>,
    /// Index of the company.
    pub firm: Option<usize>,
    /// Country; empty where nobody knows it.
    pub country: &'static str,
}

const INDUSTRIES: &[(&str, u32)] = &[
    ("wholesale", 24),
    ("food", 18),
    ("manufacturing", 22),
    ("retail", 16),
    ("pharma", 8),
    ("automotive parts", 12),
];

const JOBS: &[(&str, &str, u32)] = &[
    ("Chief Operating Officer", "C-level", 8),
    ("VP Supply Chain", "VP", 8),
    ("Director of Logistics", "director", 20),
    ("Warehouse Manager", "manager", 34),
    ("Head of Fulfilment", "manager", 14),
    ("Inventory Specialist", "specialist", 16),
];

impl Cast {
    /// Founds the companies.
    pub(super) fn new(rng: &mut Rng) -> Cast {
        let mut firms = Vec::new();
        for (index, place) in LOCALES.iter().enumerate() {
            for head in place.heads {
                for tail in place.tails {
                    for trade in place.trades {
                        firms.push(company(rng, index, [*head, *tail, *trade]));
                    }
                }
            }
            firms.push(Firm {
                name: place.university.0.into(),
                domain: format!("{}.example", place.university.1),
                country: place.country,
                employees: rng.between(400, 6_000),
                industry: "education",
                kind: Kind::Student,
                place: index,
            });
        }
        for ((name, mail), employees) in COMPETITORS {
            firms.push(Firm {
                name: (*name).into(),
                domain: format!("{mail}.example"),
                country: "Germany",
                employees: *employees,
                industry: "logistics software",
                kind: Kind::Competitor,
                place: 0,
            });
        }
        Cast {
            firms,
            taken: std::collections::BTreeSet::new(),
        }
    }

    /// Mail domains of the companies of a kind.
    pub(super) fn domains(&self, kind: Kind) -> Vec<String> {
        let firms = self.firms.iter().filter(|firm| firm.kind == kind);
        firms.map(|firm| firm.domain.clone()).collect()
    }

    /// Somebody of a kind, with an address that nobody else has.
    pub(super) fn person(&mut self, rng: &mut Rng, kind: Kind) -> Person {
        let weights: Vec<u32> = LOCALES.iter().map(|l| l.weight).collect();
        let firm = match kind {
            Kind::Buyer | Kind::Small => Some(self.firm_of(rng, kind, &weights)),
            Kind::Competitor => Some(self.firm_of(rng, kind, &[1])),
            Kind::Student if rng.chance(45) => Some(self.firm_of(rng, kind, &weights)),
            Kind::Student | Kind::JobSeeker => None,
        };
        let place = firm.map_or_else(|| rng.weighted(&weights), |f| self.firms[f].place);
        let place = &LOCALES[place];
        let (given, family) = (*rng.pick(place.given), *rng.pick(place.family));
        let private = match kind {
            Kind::Buyer => 4,
            Kind::Small => 25,
            Kind::Competitor => 12,
            Kind::Student | Kind::JobSeeker => 30,
        };
        let host = firm
            .filter(|_| !rng.chance(private))
            .map(|f| self.firms[f].domain.clone());
        let company_email = host.is_some() && !matches!(kind, Kind::Student);
        let host = host.unwrap_or_else(|| (*rng.pick(FREE_MAIL)).into());
        let (title, level) = job(rng, kind);
        Person {
            name: full_name(place, given.0, family.0),
            email: self.address(given, family, &host),
            company_email,
            title,
            level,
            employees: self.told_employees(rng, kind, firm),
            industry: told_industry(rng, kind, firm.map(|f| self.firms[f].industry)),
            budget: told_budget(rng, kind),
            firm,
            country: place.country,
        }
    }

    fn firm_of(&self, rng: &mut Rng, kind: Kind, weights: &[u32]) -> usize {
        loop {
            let place = rng.weighted(weights);
            let fitting: Vec<usize> = (0..self.firms.len())
                .filter(|f| self.firms[*f].place == place && self.firms[*f].kind == kind)
                .collect();
            if !fitting.is_empty() {
                return *rng.pick(&fitting);
            }
        }
    }

    fn address(&mut self, given: Spelled, family: Spelled, host: &str) -> String {
        let mut number = 1;
        loop {
            let suffix = if number == 1 {
                String::new()
            } else {
                number.to_string()
            };
            let email = format!("{}.{}{suffix}@{host}", given.1, family.1);
            if self.taken.insert(email.clone()) {
                return email;
            }
            number += 1;
        }
    }

    /// Students type a small number or nothing; the others mostly tell the truth.
    fn told_employees(&self, rng: &mut Rng, kind: Kind, firm: Option<usize>) -> Option<i64> {
        match kind {
            Kind::Student => (!rng.chance(8)).then(|| rng.between(1, 5)),
            Kind::JobSeeker => (!rng.chance(30)).then_some(1),
            _ if rng.chance(3) => None,
            _ => firm.map(|f| self.firms[f].employees),
        }
    }
}

fn company(rng: &mut Rng, place: usize, [head, tail, trade]: [Spelled; 3]) -> Firm {
    let small = rng.chance(25);
    let weights: Vec<u32> = INDUSTRIES.iter().map(|i| i.1).collect();
    Firm {
        name: format!("{}{} {}", head.0, tail.0, trade.0),
        domain: format!("{}{}-{}.example", head.1, tail.1, trade.1),
        country: LOCALES[place].country,
        employees: if small {
            rng.between(3, 19)
        } else {
            // Few are large: each doubling is half as likely.
            let scale = rng.below(6);
            rng.between(22, 60) << (scale * rng.below(2))
        },
        industry: INDUSTRIES[rng.weighted(&weights)].0,
        kind: if small { Kind::Small } else { Kind::Buyer },
        place,
    }
}

fn full_name(place: &Locale, given: &str, family: &str) -> String {
    match place.order {
        Order::GivenFirst => format!("{given} {family}"),
        Order::FamilyFirst => format!("{family} {given}"),
        Order::Joined => format!("{family}{given}"),
    }
}

fn job(rng: &mut Rng, kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Student if rng.chance(85) => ("Student", "student"),
        Kind::Student => ("Intern", "intern"),
        Kind::JobSeeker => ("Looking for a new challenge", "none"),
        Kind::Competitor => *rng.pick(&[
            ("Product Manager", "manager"),
            ("Founder", "C-level"),
            ("Market Analyst", "specialist"),
        ]),
        Kind::Buyer | Kind::Small => {
            let weights: Vec<u32> = JOBS.iter().map(|j| j.2).collect();
            let (title, level, _) = JOBS[rng.weighted(&weights)];
            (title, level)
        }
    }
}

fn told_industry(
    rng: &mut Rng,
    kind: Kind,
    industry: Option<&'static str>,
) -> Option<&'static str> {
    match kind {
        Kind::Student => (!rng.chance(10)).then_some("education"),
        Kind::Competitor if rng.chance(15) => Some("consulting"),
        _ if rng.chance(6) => None,
        _ => industry,
    }
}

fn told_budget(rng: &mut Rng, kind: Kind) -> Option<i64> {
    match kind {
        Kind::Buyer if rng.chance(62) => Some(rng.around(48_000, 20, 260) / 1_000 * 1_000),
        Kind::Small if rng.chance(50) => Some(rng.around(6_000, 20, 200) / 500 * 500),
        Kind::Student | Kind::JobSeeker if rng.chance(30) => Some(0),
        _ => None,
    }
}

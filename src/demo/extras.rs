//! Invented competitors, notes and mail services. Tables only; any likeness is chance.

use super::names::Spelled;

/// Competitors: name, domain without its ending, employees.
pub(super) const COMPETITORS: &[(Spelled, i64)] = &[
    (("Stapelwerk Software", "stapelwerk"), 14),
    (("Palletly", "palletly"), 9),
    (("RouteForge", "routeforge"), 6),
    (("Lagerhirn", "lagerhirn"), 17),
    (("Dockdaemon", "dockdaemon"), 4),
    (("Slotter & Søn", "slotterson"), 12),
    (("WMS Boutique Brünn", "wms-boutique"), 8),
    (("Kistenkompass", "kistenkompass"), 3),
    (("棚番ソフト", "tanaban"), 15),
    (("Forklift Cloud", "forkliftcloud"), 240),
    (("Big Crate Systems", "bigcrate"), 1_900),
];

/// What leads and reps write, in their own ways.
pub(super) const NOTES: &[&str] = &[
    "Met at our stand 🤝 wants a demo before peak season",
    "Rappeler après les congés ☀️",
    "会议后跟进 📞",
    "يرجى الاتصال صباحًا ☎️",
    "Передзвонити у вівторок 🚚",
    "Bitte nur vormittags anrufen ⏰",
    "倉庫が三つあります 📦📦📦",
    "Asked for references in cold storage ❄️",
    "Preguntar por la sede de Peñalba 🏭",
    "Zadzwonić po targach 👩🏽‍🏭",
];

/// Mail services for people without a company's address.
pub(super) const FREE_MAIL: &[&str] = &["freepost.example", "mailbox.example", "postfach.example"];

/// A mail service whose mailboxes live for an hour.
pub(super) const THROWN_AWAY: &str = "einweg-post.example";

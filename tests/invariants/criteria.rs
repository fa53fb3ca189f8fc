//! What must hold of the shared definition, on the keys of the screen, in the shell, through a file that is applied, and through undo.

use smarketing::domain::criteria::version::{State, Version};
use smarketing::domain::ids::CriteriaId;
use smarketing::domain::moment::Moment;

use super::hands::Hands;
use super::room::Room;

/// A way to the definition.
trait Way {
    fn enter(room: Room) -> Self;
    fn room(&self) -> &Room;
    /// The draft says this rule too.
    fn add(&mut self, rule: &str);
    fn propose(&mut self);
    /// Signs as that person, if the way lets somebody try at all.
    fn sign(&mut self, who: &str);
    /// Tries to put the newest version in force today.
    fn put_in_force(&mut self);
    /// The newest version as it stands in the file.
    fn newest(&self) -> Version {
        self.room().store().criteria().unwrap().0.pop().unwrap()
    }
    fn is_in_force(&self) -> bool {
        let versions = self.room().store().criteria().unwrap();
        versions.in_force(None, Moment(self.room().now())).is_some()
    }
}

/// Keys.
struct Screen {
    hands: Hands,
    room: Room,
}

impl Way for Screen {
    fn enter(room: Room) -> Screen {
        let mut hands = Hands::on(room.store(), Some("mia"));
        hands.press("4");
        Screen { hands, room }
    }

    fn room(&self) -> &Room {
        &self.room
    }

    fn add(&mut self, rule: &str) {
        self.hands.press(&format!("a{rule}\n"));
        assert!(self.hands.last.is_ok(), "{:?}", self.hands.last);
    }

    fn propose(&mut self) {
        self.hands.press("p");
    }

    fn sign(&mut self, who: &str) {
        // The list holds one person for each side that has not signed; who is not on it cannot be chosen.
        self.hands.press("S");
        let letters = ["a", "b"];
        let shown = self.hands.shown();
        let name = who.to_uppercase();
        let at = letters
            .iter()
            .find(|letter| shown.contains(&format!("{letter} {name}")));
        self.hands.press(at.copied().unwrap_or("\u{1b}"));
        self.hands.press("4");
    }

    fn put_in_force(&mut self) {
        self.hands.press("F\n\u{1b}4");
    }
}

/// Subcommands; a rule comes by a file that is applied.
struct Line(Room);

impl Line {
    fn run(&self, who: &str, args: &[&str]) -> String {
        let args: Vec<&str> = ["criteria"].iter().chain(args).copied().collect();
        self.0.run(Some(who), &args, "").said
    }

    fn apply(&self, who: &str, rules: &[&str]) -> String {
        let rules = rules
            .iter()
            .map(|rule| match rule.strip_prefix("must not ") {
                Some(rule) => format!("[[rule]]\nmust_not = {rule:?}\n"),
                None => format!("[[rule]]\nmust = {rule:?}\n"),
            });
        let file = self.0.file().with_extension("toml");
        let exported = self.0.run(Some(who), &["criteria", "export"], "").out;
        let head = exported
            .split("[[rule")
            .next()
            .unwrap_or_default()
            .to_owned();
        std::fs::write(&file, head + &rules.collect::<String>()).unwrap();
        self.run(who, &["apply", file.to_str().unwrap()])
    }
}

impl Way for Line {
    fn enter(room: Room) -> Line {
        Line(room)
    }

    fn room(&self) -> &Room {
        &self.0
    }

    fn add(&mut self, rule: &str) {
        let versions = self.0.store().criteria().unwrap();
        let own = versions
            .draft(None)
            .map(|version| version.definition.rules.clone());
        let mut texts: Vec<String> = own
            .unwrap_or_default()
            .iter()
            .map(|rule| rule.condition.to_string())
            .collect();
        texts.push(rule.to_owned());
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let said = self.apply("mia", &texts);
        assert!(!said.contains("cannot be read"), "{said}");
    }

    fn propose(&mut self) {
        self.run("mia", &["propose"]);
    }

    fn sign(&mut self, who: &str) {
        self.run(who, &["sign"]);
    }

    fn put_in_force(&mut self) {
        self.run("mia", &["in-force"]);
    }
}

fn sides(version: &Version) -> usize {
    version.signatures.len()
}

fn nothing_is_in_force_with_one_signature_or_two_by_one_person<W: Way>() {
    let mut way = W::enter(Room::new());
    way.add("employees >= 50");
    assert_eq!(way.newest().definition.rules.len(), 1);
    // A draft is not signed.
    way.sign("mia");
    way.put_in_force();
    assert_eq!(
        (way.newest().state, sides(&way.newest()), way.is_in_force()),
        (State::Draft, 0, false)
    );
    way.propose();
    way.sign("mia");
    assert_eq!(
        (way.newest().state, sides(&way.newest())),
        (State::Proposed, 1)
    );
    way.put_in_force();
    assert!(!way.is_in_force());
    // The same person once more, also from the other side.
    way.sign("mia");
    assert_eq!(
        (way.newest().state, sides(&way.newest())),
        (State::Proposed, 1)
    );
    way.put_in_force();
    assert!(!way.is_in_force());
    way.sign("sam");
    assert_eq!(
        (way.newest().state, sides(&way.newest())),
        (State::Signed, 2)
    );
    assert!(!way.is_in_force());
    way.put_in_force();
    assert!(way.is_in_force());
}

fn a_change_after_a_signature_clears_it<W: Way>() {
    let mut way = W::enter(Room::new());
    way.add("employees >= 50");
    way.propose();
    way.sign("mia");
    assert_eq!(sides(&way.newest()), 1);
    way.add("country is known");
    let newest = way.newest();
    assert_eq!(
        (newest.definition.rules.len(), newest.state, sides(&newest)),
        (2, State::Draft, 0)
    );
    // The other side alone does not make it signed.
    way.propose();
    way.sign("sam");
    way.put_in_force();
    assert_eq!(
        (way.newest().state, way.is_in_force()),
        (State::Proposed, false)
    );
}

fn a_draft_moves_neither_a_verdict_nor_the_scoreboard<W: Way>() {
    let room = Room::new();
    room.run(Some("sam"), &["accept", "--handoff", "1"], "");
    let mut way = W::enter(room);
    way.add("country is known");
    way.propose();
    way.sign("mia");
    way.sign("sam");
    way.put_in_force();
    assert!(way.is_in_force());
    let past = |way: &W| {
        let room = way.room();
        let score = room.run(None, &["score", "--period", "all", "--format", "json"], "");
        let rows = room.dump();
        let rows: Vec<&str> = rows
            .lines()
            .filter(|row| !row.starts_with("criteria"))
            .collect();
        (score.out, rows.join("\n"))
    };
    let before = past(&way);
    let in_force = way.newest().id;
    way.add("must not country is known");
    way.propose();
    way.sign("mia");
    assert_ne!(way.newest().id, in_force);
    assert_eq!(past(&way), before);
    let stands = way.room().store().criteria().unwrap();
    let of = |id: CriteriaId| stands.0.iter().find(|version| version.id == id).unwrap();
    assert_eq!(
        (of(in_force).state, of(in_force).definition.rules.len()),
        (State::Signed, 1)
    );
}

macro_rules! ways {
    ($($rule:ident)+) => {$(
        mod $rule {
            #[test]
            fn by_keys() {
                super::$rule::<super::Screen>();
            }

            #[test]
            fn in_the_shell_and_by_a_file() {
                super::$rule::<super::Line>();
            }
        }
    )+};
}
ways! {
    nothing_is_in_force_with_one_signature_or_two_by_one_person
    a_change_after_a_signature_clears_it
    a_draft_moves_neither_a_verdict_nor_the_scoreboard
}

#[test]
fn who_changes_sides_does_not_sign_for_both() {
    let mut line = Line::enter(Room::new());
    line.add("employees >= 50");
    line.propose();
    line.sign("mia");
    let side = smarketing::domain::command::Command::PutPerson {
        handle: "mia".into(),
        name: "MIA".into(),
        side: smarketing::domain::policy::Side::Sales,
    };
    let author = smarketing::domain::command::Author {
        handle: Some("mia".into()),
        os_user: "tester".into(),
        at: Moment(line.room().now()),
    };
    let moved = line.room().store().apply(&side, &author);
    line.sign("mia");
    line.put_in_force();
    assert!(!line.is_in_force());
    assert_ne!(line.newest().state, State::Signed, "{moved:?}");
    assert_eq!(sides(&line.newest()), 1);
}

#[test]
fn undo_takes_a_signature_with_what_it_stood_under_and_never_leaves_half_in_force() {
    let mut line = Line::enter(Room::new());
    line.add("employees >= 50");
    line.propose();
    line.sign("mia");
    line.sign("sam");
    line.put_in_force();
    assert!(line.is_in_force());
    // A signature under what is in force stays, whoever takes it back.
    let undo = |line: &Line, who: &str| line.0.run(Some(who), &["undo"], "").said;
    let said = undo(&line, "sam");
    assert!(line.is_in_force() && sides(&line.newest()) == 2, "{said}");
    // Out of force first, then the signature goes: then it is signed by one, and not in force.
    undo(&line, "mia");
    assert!(!line.is_in_force());
    undo(&line, "sam");
    assert_eq!(
        (line.newest().state, sides(&line.newest())),
        (State::Proposed, 1)
    );
    line.put_in_force();
    assert!(!line.is_in_force());
    // What was changed and taken back is what was signed.
    let rules = line.newest().definition.rules;
    line.add("country is known");
    assert_eq!(sides(&line.newest()), 0);
    undo(&line, "mia");
    assert_eq!(
        (sides(&line.newest()), line.newest().definition.rules),
        (1, rules)
    );
}

#[test]
fn a_signature_in_the_shell_stands_under_the_text_that_was_read_and_says_it() {
    let mut line = Line::enter(Room::new());
    line.add("employees >= 50");
    line.propose();
    let text = |line: &Line| {
        let shown = line.run("sam", &["show", "1"]);
        let row = shown.lines().find(|row| row.contains(" text "));
        row.and_then(|row| row.split_whitespace().last())
            .unwrap()
            .to_owned()
    };
    let read = text(&line);
    // It is changed, and proposed anew: the number of the version is the same, what it says is not.
    line.add("country is known");
    line.propose();
    let said = line.run("sam", &["sign", "--text", &read]);
    assert!(
        said.contains("it was changed since") && said.contains("nothing was signed"),
        "{said}"
    );
    assert_eq!(sides(&line.newest()), 0);
    let now = text(&line);
    let said = line.run("sam", &["sign", "--text", &now]);
    let says = said.contains(&format!("what was signed, text {now}:"));
    assert!(says && said.contains("Country must be known."), "{said}");
    assert_eq!(sides(&line.newest()), 1);
    // Without it, what was signed is said as well.
    let said = line.run("mia", &["sign"]);
    assert!(said.contains("Employees must be at least 50."), "{said}");
    assert_eq!(line.newest().state, State::Signed);
}

//! All maps the program knows: the shipped ones, and the user's own over them by name. Writes nothing.

use super::form::{From, Map, Spellings};
use crate::transfer::read::fold;
use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A map file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MapError {
    /// It cannot be read.
    #[error("the map {} cannot be read: {source}; nothing was done", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is not in the form of a map.
    #[error("the map {} is wrong: {what}; nothing was done. Its form is that of the shipped maps", path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// No map of that name.
    #[error("there is no map '{name}'; nothing was done (known: {})", known.join(", "))]
    Unknown {
        /// What was asked for.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
}

macro_rules! shipped {
    ($($path:literal),* $(,)?) => {
        /// The shipped maps: name of the file, text.
        const SHIPPED: &[(&str, &str)] = &[$(($path, include_str!(concat!("../../../assets/", $path, ".toml")))),*];
    };
}

shipped!(
    "presets/hubspot-contacts",
    "presets/hubspot-leads",
    "presets/hubspot-deals",
    "presets/hubspot-companies",
    "presets/salesforce-report-leads",
    "presets/salesforce-report-opportunities",
    "presets/salesforce-leads",
    "presets/salesforce-opportunities",
    "presets/pipedrive-deals",
    "presets/pipedrive-leads",
    "presets/pipedrive-persons",
    "presets/zoho-leads",
    "presets/zoho-deals",
    "presets/odoo-leads",
    "presets/odoo-leads-technical",
    "presets/dynamics-leads",
    "presets/twenty-opportunities",
    "presets/twenty-people",
    "presets/close-leads",
    "presets/leads",
    "presets/opportunities",
    "presets/accounts",
    "presets/people",
    "presets/spend",
    "presets/touches",
    "presets/attempts",
    "maps/leads-wide",
    "maps/olist-mqls",
    "maps/olist-deals",
    "maps/real-estate-leads",
    "maps/real-estate-sales",
    "maps/xeducation",
    "maps/maven-pipeline",
    "maps/maven-accounts",
    "maps/maven-teams",
    "maps/scored-leads",
    "maps/platform-spend",
);

/// Longest text of a map, in bytes.
const MOST: u64 = 1 << 20;

/// The maps of this run.
#[derive(Debug)]
pub struct Catalog {
    maps: Vec<(Map, String)>,
    headers: HashSet<String>,
}

impl Default for Catalog {
    fn default() -> Self {
        Self::shipped()
    }
}

impl Catalog {
    /// The shipped maps alone.
    pub fn shipped() -> Self {
        let mut catalog = Self {
            maps: Vec::new(),
            headers: HashSet::new(),
        };
        for (path, text) in SHIPPED {
            if let Ok(map) = parse(Path::new(path), text) {
                catalog.put(map, text);
            }
        }
        catalog
    }

    /// The shipped maps, and those of a folder over them; a folder that is not there holds none.
    pub fn with_folder(folder: &Path) -> Result<Self, MapError> {
        let mut catalog = Self::shipped();
        let Ok(entries) = std::fs::read_dir(folder) else {
            return Ok(catalog);
        };
        let mut files: Vec<PathBuf> = entries
            .flatten()
            .map(|e| e.path())
            .filter(|p| p.extension().is_some_and(|e| e == "toml"))
            .collect();
        files.sort();
        for file in files {
            catalog.add_file(&file)?;
        }
        Ok(catalog)
    }

    /// Adds a map file over any map of its name, and gives its name.
    pub fn add_file(&mut self, path: &Path) -> Result<String, MapError> {
        let io = |source| MapError::Io {
            path: path.to_path_buf(),
            source,
        };
        // What a file says of its size holds for regular files only.
        let mut text = String::new();
        let file = std::fs::File::open(path).map_err(io)?;
        file.take(MOST + 1).read_to_string(&mut text).map_err(io)?;
        if text.len() as u64 > MOST {
            return Err(io(std::io::Error::other("it is larger than 1 MB")));
        }
        let map = parse(path, &text)?;
        let name = map.name.clone();
        self.put(map, &text);
        Ok(name)
    }

    fn put(&mut self, map: Map, text: &str) {
        for (_, section, _) in map.sections() {
            for from in section.values() {
                match from {
                    From::Columns(names) | From::Or { columns: names, .. } => self
                        .headers
                        .extend(names.list().iter().map(|name| fold(name))),
                    From::Latest { latest } => {
                        self.headers.extend(latest.iter().map(|name| fold(name)));
                    }
                    From::Value { .. } => {}
                }
            }
        }
        self.headers.extend(
            map.recognised
                .all
                .iter()
                .flat_map(Spellings::list)
                .map(|name| fold(name)),
        );
        self.maps.retain(|(have, _)| have.name != map.name);
        self.maps.push((map, text.to_owned()));
    }

    /// All maps.
    pub fn maps(&self) -> impl Iterator<Item = &Map> {
        self.maps.iter().map(|(map, _)| map)
    }

    /// A map by its name.
    pub fn get(&self, name: &str) -> Result<&Map, MapError> {
        self.maps()
            .find(|map| map.name == name)
            .ok_or_else(|| MapError::Unknown {
                name: name.to_owned(),
                known: self.maps().map(|map| map.name.clone()).collect(),
            })
    }

    /// The text of a map, to start one's own from.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.maps
            .iter()
            .find(|(map, _)| map.name == name)
            .map(|(_, text)| text.as_str())
    }

    /// Whether a map is the user's own: it is not shipped, or stands over a shipped one.
    pub(super) fn is_own(&self, name: &str) -> bool {
        let text = self.text(name);
        text.is_some_and(|text| SHIPPED.iter().all(|(_, shipped)| *shipped != text))
    }

    /// Whether some map knows a (folded) header.
    pub fn knows(&self, folded: &str) -> bool {
        self.headers.contains(folded)
    }
}

fn parse(path: &Path, text: &str) -> Result<Map, MapError> {
    let wrong = |what: String| MapError::Form {
        path: path.to_path_buf(),
        what,
    };
    let map: Map = toml::from_str(text).map_err(|e| wrong(e.to_string()))?;
    match map.fault() {
        Some(what) => Err(wrong(what)),
        None => Ok(map),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_map_is_right_and_named_as_its_file() {
        for (path, text) in SHIPPED {
            let map = parse(Path::new(path), text).unwrap_or_else(|fault| panic!("{fault}"));
            assert_eq!(
                Path::new(path).file_name().unwrap().to_str(),
                Some(&*map.name)
            );
        }
        assert_eq!(Catalog::shipped().maps().count(), SHIPPED.len());
    }

    #[test]
    fn a_users_map_stands_over_the_shipped_one_of_its_name() {
        let dir = tempfile::tempdir().unwrap();
        let text = SHIPPED[0].1.replace("HubSpot", "Our HubSpot");
        std::fs::write(dir.path().join("own.toml"), text).unwrap();
        let catalog = Catalog::with_folder(dir.path()).unwrap();
        assert!(
            catalog
                .get("hubspot-contacts")
                .unwrap()
                .label
                .starts_with("Our HubSpot")
        );
        assert_eq!(catalog.maps().count(), SHIPPED.len());
        assert!(catalog.is_own("hubspot-contacts") && !catalog.is_own("leads"));
    }

    #[cfg(unix)]
    #[test]
    fn a_map_without_an_end_is_read_up_to_its_limit_only() {
        let fault = Catalog::shipped().add_file(Path::new("/dev/zero"));
        let fault = fault.unwrap_err().to_string();
        assert!(fault.contains("larger than 1 MB"), "{fault}");
    }

    #[test]
    fn a_wrong_map_says_what_is_wrong() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("own.toml");
        let cases = [
            ("nonsense", "expected"),
            (
                "name='x'\nlabel='x'\nsystem='x'\nkind='leads'\n[match]\nall=['a']\n[lead]\nmail=['a']\n",
                "no field 'mail'",
            ),
            (
                "name='x'\nlabel='x'\nsystem='x'\nkind='leads'\n[match]\nall=['a']\n[lead]\nemail=['a']\n[reason]\nugly=['a']\n",
                "no reason code",
            ),
        ];
        for (text, want) in cases {
            std::fs::write(&path, text).unwrap();
            let fault = Catalog::shipped().add_file(&path).unwrap_err().to_string();
            assert!(fault.contains(want), "{fault}");
        }
    }
}

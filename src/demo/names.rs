//! Invented people and companies in many scripts. Tables only; any likeness is chance.

/// A word in its own script and in ASCII, for mail addresses.
pub(super) type Spelled = (&'static str, &'static str);

/// People and companies of one country.
pub(super) struct Locale {
    /// Country.
    pub country: &'static str,
    /// How often leads come from there, beside the others.
    pub weight: u32,
    /// Whether the family name stands first, and what stands between the names.
    pub order: Order,
    /// Given names.
    pub given: &'static [Spelled],
    /// Family names.
    pub family: &'static [Spelled],
    /// Beginnings of company names.
    pub heads: &'static [Spelled],
    /// What follows without a space.
    pub tails: &'static [Spelled],
    /// What the company does.
    pub trades: &'static [Spelled],
    /// A university.
    pub university: Spelled,
}

/// How a full name is put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Given name, space, family name.
    GivenFirst,
    /// Family name, space, given name.
    FamilyFirst,
    /// Family name and given name without a space.
    Joined,
}

/// Every country of the demo.
#[rustfmt::skip]
pub(super) const LOCALES: &[Locale] = &[
    Locale {
        country: "Germany", weight: 30, order: Order::GivenFirst,
        given: &[("Jörg", "joerg"), ("Änne", "aenne"), ("Björn", "bjoern"), ("Käthe", "kaethe"), ("Ulrike", "ulrike"), ("Götz", "goetz"), ("Mareike", "mareike"), ("Henning", "henning")],
        family: &[("Großkreutz", "grosskreutz"), ("Überschär", "ueberschaer"), ("Möllenhoff", "moellenhoff"), ("Süßkind", "suesskind"), ("Ahrendsen", "ahrendsen"), ("Löwenzahn", "loewenzahn"), ("Dünnwald", "duennwald"), ("Tiefensee", "tiefensee")],
        heads: &[("Nord", "nord"), ("Ähren", "aehren"), ("Blau", "blau"), ("Kessel", "kessel"), ("Ufer", "ufer"), ("Hohen", "hohen"), ("Grün", "gruen"), ("Stein", "stein")],
        tails: &[("holm", "holm"), ("tal", "tal"), ("ring", "ring"), ("loh", "loh"), ("feld", "feld"), ("werder", "werder"), ("brück", "brueck")],
        trades: &[("Logistik GmbH", "logistik"), ("Maschinenbau AG", "maschinenbau"), ("Lebensmittel KG", "lebensmittel"), ("Großhandel GmbH", "grosshandel")],
        university: ("Hochschule Lauenbrück", "hs-lauenbrueck"),
    },
    Locale {
        country: "France", weight: 12, order: Order::GivenFirst,
        given: &[("Zoé", "zoe"), ("François", "francois"), ("Hélène", "helene"), ("Anaïs", "anais"), ("Loïc", "loic"), ("Éloïse", "eloise")],
        family: &[("Lefèvre-Brûlé", "lefevre-brule"), ("Châtelain", "chatelain"), ("Guérin", "guerin"), ("d’Aubrécourt", "daubrecourt"), ("Noël", "noel"), ("Delaçay", "delacay")],
        heads: &[("Mont", "mont"), ("Bré", "bre"), ("Châ", "cha"), ("Val", "val"), ("Roche", "roche")],
        tails: &[("clair", "clair"), ("hancourt", "hancourt"), ("telière", "teliere"), ("mézy", "mezy")],
        trades: &[("Entrepôts SA", "entrepots"), ("Distribution SARL", "distribution"), ("Pièces SAS", "pieces")],
        university: ("Université de Sainte-Ombeline", "univ-ombeline"),
    },
    Locale {
        country: "Spain", weight: 9, order: Order::GivenFirst,
        given: &[("Íñigo", "inigo"), ("María José", "mariajose"), ("Begoña", "begona"), ("Ángel", "angel"), ("Inés", "ines")],
        family: &[("Núñez Aldeacueva", "nunez"), ("Ibáñez", "ibanez"), ("Peñarrubia", "penarrubia"), ("Güell", "guell"), ("Zárate", "zarate")],
        heads: &[("Val", "val"), ("Peñ", "pen"), ("Torre", "torre"), ("Río", "rio")],
        tails: &[("dehueña", "dehuena"), ("alba", "alba"), ("brío", "brio"), ("zarzal", "zarzal")],
        trades: &[("Logística SL", "logistica"), ("Alimentación SA", "alimentacion"), ("Recambios SL", "recambios")],
        university: ("Universidad de Torrealmena", "utorrealmena"),
    },
    Locale {
        country: "Poland", weight: 8, order: Order::GivenFirst,
        given: &[("Łukasz", "lukasz"), ("Małgorzata", "malgorzata"), ("Żaneta", "zaneta"), ("Paweł", "pawel"), ("Bożena", "bozena")],
        family: &[("Wróblewiak", "wroblewiak"), ("Śliwczyński", "sliwczynski"), ("Gżegżółka", "gzegzolka"), ("Chrząst", "chrzast")],
        heads: &[("Biało", "bialo"), ("Złoto", "zloto"), ("Brze", "brze"), ("Wiśnio", "wisnio")],
        tails: &[("rzecz", "rzecz"), ("gaj", "gaj"), ("zina", "zina"), ("łąka", "laka")],
        trades: &[("Magazyny Sp. z o.o.", "magazyny"), ("Hurt SA", "hurt"), ("Meble Sp. z o.o.", "meble")],
        university: ("Uniwersytet Zalipski", "uzalipie"),
    },
    Locale {
        country: "Sweden", weight: 6, order: Order::GivenFirst,
        given: &[("Åsa", "asa"), ("Göran", "goran"), ("Maj-Britt", "majbritt"), ("Örjan", "orjan")],
        family: &[("Sjöstråle", "sjostrale"), ("Ängslund", "angslund"), ("Björkvik", "bjorkvik")],
        heads: &[("Håkans", "hakans"), ("Älg", "alg"), ("Björk", "bjork"), ("Sjö", "sjo")],
        tails: &[("torp", "torp"), ("näs", "nas"), ("vik", "vik"), ("ö", "o")],
        trades: &[("Lager AB", "lager"), ("Trävaror AB", "travaror"), ("Livs AB", "livs")],
        university: ("Högskolan i Viksund", "hviksund"),
    },
    Locale {
        country: "United Kingdom", weight: 9, order: Order::GivenFirst,
        given: &[("Siân", "sian"), ("Callum", "callum"), ("Imogen", "imogen"), ("Rhys", "rhys"), ("Priya", "priya")],
        family: &[("O’Shaughnessy-Vane", "oshaughnessy"), ("Featherby", "featherby"), ("Llewellyn-Rees", "llewellyn"), ("Ashdowne", "ashdowne")],
        heads: &[("Thistle", "thistle"), ("Marl", "marl"), ("Ravens", "ravens"), ("Ox", "ox")],
        tails: &[("wick", "wick"), ("pit", "pit"), ("gill", "gill"), ("ley", "ley"), ("combe", "combe")],
        trades: &[("Freight Ltd", "freight"), ("Grocers plc", "grocers"), ("Components Ltd", "components")],
        university: ("University of Penharrow", "penharrow-uni"),
    },
    Locale {
        country: "United States", weight: 8, order: Order::GivenFirst,
        given: &[("Renée", "renee"), ("Duane", "duane"), ("Xiomara", "xiomara"), ("Beau", "beau")],
        family: &[("Castellanos-Reed", "castellanos"), ("Whitlow", "whitlow"), ("Nakagawa", "nakagawa"), ("Oyelaran", "oyelaran")],
        heads: &[("Cotton", "cotton"), ("Pelican", "pelican"), ("Red", "red"), ("Silver", "silver")],
        tails: &[("wood", "wood"), ("bend", "bend"), ("rock", "rock"), ("pine", "pine")],
        trades: &[("Supply Inc.", "supply"), ("Foods Inc.", "foods"), ("Fulfillment LLC", "fulfillment")],
        university: ("Tallgrass State University", "tallgrass-state"),
    },
    Locale {
        country: "Japan", weight: 5, order: Order::FamilyFirst,
        given: &[("さくら", "sakura"), ("健太郎", "kentaro"), ("陽菜", "hina"), ("大輔", "daisuke")],
        family: &[("霧ヶ峰", "kirigamine"), ("東雲", "shinonome"), ("小鳥遊", "takanashi"), ("浜辺", "hamabe")],
        heads: &[("北", "kita"), ("青", "ao"), ("白", "shira"), ("緑", "midori")],
        tails: &[("浜", "hama"), ("嶺", "mine"), ("波", "nami"), ("沢", "sawa")],
        trades: &[("物流株式会社", "butsuryu"), ("食品株式会社", "shokuhin"), ("精機株式会社", "seiki")],
        university: ("北浜経済大学", "kitahama-u"),
    },
    Locale {
        country: "China", weight: 4, order: Order::Joined,
        given: &[("晓梅", "xiaomei"), ("志远", "zhiyuan"), ("雨桐", "yutong")],
        family: &[("欧阳", "ouyang"), ("沈", "shen"), ("顾", "gu")],
        heads: &[("云", "yun"), ("海", "hai"), ("金", "jin"), ("松", "song")],
        tails: &[("岭", "ling"), ("棠", "tang"), ("泉", "quan"), ("原", "yuan")],
        trades: &[("供应链有限公司", "gongying"), ("电器有限公司", "dianqi")],
        university: ("云岭工业大学", "yunling-u"),
    },
    Locale {
        country: "United Arab Emirates", weight: 4, order: Order::GivenFirst,
        given: &[("نادية", "nadia"), ("يوسف", "yousef"), ("مريم", "maryam"), ("خالد", "khaled")],
        family: &[("الحداد", "alhaddad"), ("النجار", "alnajjar"), ("المرزوقي", "almarzouqi")],
        heads: &[("واحة ", "wahat"), ("ميناء ", "mina"), ("برج ", "burj"), ("نخلة ", "nakhla")],
        tails: &[("الشرق", "alsharq"), ("اللؤلؤ", "allulu"), ("الفجر", "alfajr"), ("الصقر", "alsaqr")],
        trades: &[("للتخزين", "storage"), ("للتجارة", "trading")],
        university: ("جامعة الواحة", "alwaha-u"),
    },
    Locale {
        country: "Ukraine", weight: 5, order: Order::GivenFirst,
        given: &[("Олена", "olena"), ("Сергій", "serhii"), ("Ґалаґан", "galagan"), ("Юлія", "yuliia")],
        family: &[("Коваленчук", "kovalenchuk"), ("Їжакевич", "yizhakevych"), ("Щербань", "shcherban")],
        heads: &[("Вишне", "vyshne"), ("Степо", "stepo"), ("Ясно", "yasno"), ("Дубо", "dubo")],
        tails: &[("град", "hrad"), ("поль", "pol"), ("яр", "yar")],
        trades: &[("Склад ТОВ", "sklad"), ("Агро ТОВ", "agro")],
        university: ("Степоградський університет", "stepohrad-u"),
    },
    Locale {
        country: "Greece", weight: 3, order: Order::GivenFirst,
        given: &[("Ελένη", "eleni"), ("Νίκος", "nikos"), ("Δάφνη", "dafni")],
        family: &[("Παπακαλλής", "papakallis"), ("Ξενογιάννης", "xenogiannis")],
        heads: &[("Αιγια", "aigia"), ("Χρυσο", "chryso"), ("Γαλανο", "galano")],
        tails: &[("λός", "los"), ("λίμνη", "limni"), ("νήσι", "nisi")],
        trades: &[("Αποθήκες Α.Ε.", "apothikes"), ("Εμπορική Α.Ε.", "emporiki")],
        university: ("Πανεπιστήμιο Αιγιαλού", "aigialos-u"),
    },
    Locale {
        country: "Türkiye", weight: 4, order: Order::GivenFirst,
        given: &[("Çağla", "cagla"), ("İsmail", "ismail"), ("Gülşen", "gulsen")],
        family: &[("Yıldızoğlu", "yildizoglu"), ("Şimşekçi", "simsekci")],
        heads: &[("Gök", "gok"), ("Kızıl", "kizil"), ("Çam", "cam"), ("Ak", "ak")],
        tails: &[("su", "su"), ("dağ", "dag"), ("ova", "ova")],
        trades: &[("Lojistik A.Ş.", "lojistik"), ("Gıda A.Ş.", "gida")],
        university: ("Göksu Üniversitesi", "goksu-u"),
    },
    Locale {
        country: "South Korea", weight: 3, order: Order::Joined,
        given: &[("서연", "seoyeon"), ("민준", "minjun"), ("하늘", "haneul")],
        family: &[("남궁", "namgung"), ("황보", "hwangbo")],
        heads: &[("한", "han"), ("솔", "sol"), ("새", "sae")],
        tails: &[("빛", "bit"), ("내", "nae"), ("벌", "beol")],
        trades: &[("물류", "mullyu"), ("전자", "jeonja")],
        university: ("솔내대학교", "solnae-u"),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_parts_are_lower_case_ascii_and_lists_are_filled() {
        let ascii =
            |s: &str| s.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && !s.is_empty();
        for place in LOCALES {
            for list in [
                place.given,
                place.family,
                place.heads,
                place.tails,
                place.trades,
            ] {
                assert!(!list.is_empty(), "{}", place.country);
                assert!(
                    list.iter().all(|(_, mail)| ascii(mail)),
                    "{}",
                    place.country
                );
            }
            assert!(ascii(place.university.1));
        }
    }
}

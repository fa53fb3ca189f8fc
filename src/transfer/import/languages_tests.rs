//! Exports in the user's language: the same lead under German, French, Spanish and Portuguese labels.

use super::plan_tests::{import, lead};
use crate::domain::verdict::Verdict;

/// Label by label: id, first name, last name, company, e-mail, source, owner, status, day.
const LEADS: [(&str, &str); 4] = [
    (
        "de",
        "Lead-ID;Vorname;Nachname;Firma/Account;E-Mail;Lead-Quelle;Lead-Inhaber;Lead-Status;Erstelldatum",
    ),
    (
        "fr",
        "ID de piste;Prénom;Nom;Société/Compte;Adresse e-mail;Origine de la piste;Propriétaire de la piste;Statut de la piste;Date de création",
    ),
    (
        "es",
        "Lead ID;Nombre;Apellidos;Compañía;Correo electrónico;Origen del candidato;Propietario del candidato;Estado de candidato;Fecha de creación",
    ),
    (
        "pt",
        "Lead ID;Nome;Sobrenome;Empresa;Endereço de email;Origem do Lead;Proprietário do Lead;Status do lead;Data de criação",
    ),
];

#[test]
fn a_lead_report_is_the_same_lead_in_every_language() {
    for (language, labels) in LEADS {
        let row = "00Q5g00000AbCdE;Zoë;Müller;Ångström AB;zoe@angstrom.example;Webinar;Grace Ito;New;31.12.2024";
        let got = import(&format!("{labels}\n{row}\n"));
        assert_eq!(got.plan.map_name(), "salesforce-report-leads", "{language}");
        assert_eq!((got.refused.len(), got.records.len()), (0, 1), "{language}");
        let lead = lead(&got.records[0]);
        assert_eq!(lead.key.external_id.as_deref(), Some("00Q5g00000AbCdEEAV"));
        assert_eq!(lead.name, "Zoë Müller", "{language}");
        let words = [&lead.account, &lead.source, &lead.owner].map(|word| word.as_deref());
        let expected = [Some("Ångström AB"), Some("Webinar"), Some("Grace Ito")];
        assert_eq!(words, expected, "{language}");
        assert_eq!(lead.key.email.as_deref(), Some("zoe@angstrom.example"));
    }
}

#[test]
fn a_french_report_without_owner_is_recognised_by_its_other_labels() {
    let got = import(
        "\"Prénom\";\"Nom\";\"Société/Compte\";\"Adresse e-mail\";\"Lieu\";\"Statut de la piste\";\"Converti\";\"Date de création\";\"ID de piste\";\"Téléphone\"
\"Zoë\";\"Müller\";\"\";\"zoe@angstrom.example\";\"Nice\";\"Open\";\"0\";\"31/12/2024\";\"00Q5g00000AbCdE\";\"+33612345678\"
",
    );
    assert_eq!(got.plan.map_name(), "salesforce-report-leads");
    let lead = lead(&got.records[0]);
    assert_eq!(lead.key.phone.as_deref(), Some("+33612345678"));
    assert_eq!(lead.name, "Zoë Müller");
}

#[test]
fn deals_are_recognised_in_every_language() {
    for labels in [
        "Opportunity-Name;Phase;Opportunity-Inhaber;Accountname;Abschlussdatum;Betrag",
        "Nom de l'opportunité;Étape;Propriétaire de l'opportunité;Nom du compte;Date de clôture;Montant",
        "Nombre de la oportunidad;Etapa;Propietario de oportunidad;Nombre de la cuenta;Fecha de cierre;Importe",
        "Nome da oportunidade;Fase;Proprietário da oportunidade;Nome da conta;Data de fechamento;Valor",
    ] {
        let got = import(&format!(
            "{labels}\nGroßauftrag;Prospecting;Grace Ito;Ångström AB;31.12.2024;1.234,50\n"
        ));
        let found = got.plan.map_name();
        assert_eq!(found, "salesforce-report-opportunities", "{labels}");
        assert_eq!((got.refused.len(), got.records.len()), (0, 1), "{labels}");
    }
}

#[test]
fn german_labels_of_odoo_and_dynamics_are_read() {
    let odoo = "Chance;Ansprechpartner;E-Mail;Verkäufer;Verkaufsteam;Stufe;Erwarteter Umsatz;Herkunft;Erstellt am;Ablehnungsgrund;Aktiv";
    let got = import(&format!(
        "{odoo}\nGroßauftrag;Zoë Müller;zoe@angstrom.example;Grace Ito;Nord;Neu;1.234,50;Messe;2024-12-31 10:00:00;Zu teuer;False\n"
    ));
    assert_eq!(got.plan.map_name(), "odoo-leads");
    let of_odoo = lead(&got.records[0]);
    assert_eq!(of_odoo.name, "Zoë Müller");
    let verdict = of_odoo.handoff.as_ref().unwrap().verdict.as_ref().unwrap();
    assert_eq!(verdict.verdict, Verdict::Rejected);
    assert_eq!(verdict.reason_text.as_deref(), Some("Zu teuer"));
    let dynamics = "(Nicht ändern) Lead;(Nicht ändern) Zeilenprüfsumme;(Nicht ändern) Geändert am;Name;Thema;Statusgrund;Status;Erstellt am;Besitzer";
    let got = import(&format!(
        "{dynamics}\nA-1;x;31.12.2024 10:00;Zoë Müller;Anfrage;Kein Interesse;Disqualifiziert;30.12.2024 09:00;Grace Ito\n"
    ));
    assert_eq!(got.plan.map_name(), "dynamics-leads");
    let of_dynamics = lead(&got.records[0]);
    assert_eq!(of_dynamics.owner.as_deref(), Some("Grace Ito"));
    let verdict = of_dynamics
        .handoff
        .as_ref()
        .unwrap()
        .verdict
        .as_ref()
        .unwrap();
    assert_eq!(verdict.verdict, Verdict::Rejected);
}

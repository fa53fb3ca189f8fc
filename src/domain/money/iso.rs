//! The codes of ISO 4217, those that the euro and reforms have replaced among them, since the past is kept in them. Knows no rates.

/// Every code, in the order of the alphabet.
const CODES: &str = "\
AED AFN ALL AMD ANG AOA ARS ATS AUD AWG AZN BAM BBD BDT BEF BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP \
BYN BYR BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CYP CZK DEM DJF DKK DOP DZD EEK EGP \
ERN ESP ETB EUR FIM FJD FKP FRF GBP GEL GHS GIP GMD GNF GRD GTQ GYD HKD HNL HRK HTG HUF IDR IEP ILS INR \
IQD IRR ISK ITL JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LUF LVL LYD MAD \
MDL MGA MKD MMK MNT MOP MRO MRU MTL MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NLG NOK NPR NZD OMR PAB PEN \
PGK PHP PKR PLN PTE PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SIT SKK SLE SLL SOS SRD SSP STD \
STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VEF VES VND VUV \
WST XAF XAG XAU XCD XCG XDR XOF XPD XPF XPT XSU XUA YER ZAR ZMK ZMW ZWG ZWL";

/// Whether there is, or was, such a currency.
pub(super) fn is_known(code: &str) -> bool {
    CODES.split(' ').any(|known| known == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_apart_in_order_and_fewer_than_a_byte_can_count() {
        let all: Vec<&str> = CODES.split(' ').collect();
        assert!(all.is_sorted() && all.len() < 255, "{}", all.len());
        assert!(all.iter().all(|code| code.len() == 3));
        assert!(is_known("EUR") && is_known("DEM") && !is_known("XXZ") && !is_known(""));
    }
}

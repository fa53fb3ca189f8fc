//! temp
use smarketing::domain::{calendar::Calendar, money::Currency};
use smarketing::transfer::{
    import::{Options, Plan},
    map::Catalog,
    read,
};
use std::sync::{Arc, atomic::AtomicBool};
use std::time::Instant;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let path = std::path::Path::new(&path);
    let t = Instant::now();
    let mut r = read::open(path, &read::ReadOptions::default(), &|_| false).unwrap();
    let mut n = 0u64;
    let mut bytes = 0usize;
    while let Some(item) = r.next_item().unwrap() {
        if let read::Item::Row(row) = item {
            n += 1;
            bytes += row.cell(4).len();
        }
    }
    eprintln!("read {n} rows {bytes} in {:?}", t.elapsed());
    let t = Instant::now();
    let cat = Catalog::shipped();
    let plan = Plan::detect(
        path,
        &cat,
        Options::new(Calendar::new("Europe/Berlin").unwrap(), Currency::EUR),
    )
    .unwrap();
    eprintln!("plan {} in {:?}", plan.map_name(), t.elapsed());
    eprint!("{}", plan.describe());
    let t = Instant::now();
    let mut s = plan.start(Arc::new(AtomicBool::new(false))).unwrap();
    let mut recs = 0;
    let mut wait = std::time::Duration::ZERO;
    loop {
        let w = Instant::now();
        let Some(c) = s.next() else { break };
        wait += w.elapsed();
        let c = c.unwrap();
        recs += c.rows.len();
        for x in c.refused.iter().take(3) {
            eprintln!("{x:?}");
        }
    }
    eprintln!(
        "map {recs} records in {:?} (receiver waited {wait:?}) {:?}",
        t.elapsed(),
        s.finish()
    );
}

//! The rules by themselves: random commands straight on the books, without a database, against a
//! model in whole numbers that says beforehand what comes of each. A new command is one function:
//! it throws what to say, and says what must come of it.

mod audit;
mod carts;
mod dice;
mod goods;
mod inbox;
mod model;
mod money;
mod orders;
mod payments;
mod play;
mod receptions;
mod returns;
mod splits;
mod stock;
mod stored;
mod wishes;
mod world;

use time::OffsetDateTime;

use dice::Dice;
use model::Model;
use play::Play;
use world::{Ended, Step, World};

/// Commands of one world: few, so that its articles stay scarce and its story can be read.
pub const LENGTH: usize = 250;
/// Worlds of `make test`, and of `make test-long`: a million commands.
const WORLDS: [u64; 2] = [60, 4_000];
/// Longer than any lease, and any time for which a task is put off or something is held, in seconds.
pub const HOURS: i64 = 7_200;

/// Throws something to say.
type Throw = fn(&mut Dice, &Model) -> Play;

/// What can be thrown: how often, and how it is called.
const PLAYS: &[(i64, &str, Throw)] = &[
    (8, "adjust", stock::adjust),
    (3, "state", stock::state),
    (4, "count", stock::count),
    (6, "put_aside", carts::put_aside),
    (2, "sell_elsewhere", carts::sell_elsewhere),
    (2, "give_back", carts::give_back),
    (2, "hold_longer", carts::hold_longer),
    (4, "let_go", carts::let_go),
    (10, "place", orders::place),
    (4, "check_out", orders::check_out),
    (3, "load", orders::load),
    (12, "ship", goods::ship),
    (4, "undo", goods::undo),
    (4, "cancel", goods::cancel),
    (6, "amend", wishes::amend),
    (4, "judge", wishes::judge),
    (4, "wish_off", wishes::wish_off),
    (4, "answer", wishes::answer),
    (1, "hold", wishes::hold),
    (2, "resume", wishes::resume),
    (9, "invoice", money::invoice),
    (4, "prepay", money::prepay),
    (6, "deduct", money::deduct),
    (6, "credit", money::credit),
    (6, "refund", money::refund),
    (4, "reduce", money::reduce),
    (3, "pay_back", money::pay_back),
    (1, "credit_freely", money::credit_freely),
    (4, "settle", money::settle),
    (3, "pay", payments::pay),
    (7, "announce", returns::announce),
    (8, "approve", returns::approve),
    (1, "decline", returns::decline),
    (2, "close", returns::close),
    (2, "run_out", returns::run_out),
    (10, "receive", receptions::receive),
    (8, "inspect", receptions::inspect),
    (10, "lease", inbox::lease),
    (8, "acknowledge", inbox::acknowledge),
    (3, "defer", inbox::defer),
    (1, "refuse", inbox::refuse),
    (2, "extend", inbox::extend),
    (3, "expire", inbox::expire),
    (10, "retry", inbox::retry),
    (1, "discard", inbox::discard),
];

/// One world from its first command to its last.
fn play(seed: u64) -> Ended {
    let mut world = World::new(seed, OffsetDateTime::UNIX_EPOCH);
    let mut story = Vec::new();
    let mut wrong = None;
    for nth in 0..LENGTH {
        match world.step() {
            Ok(Step::Hours) => story.push(format!("{nth}: hours pass")),
            Ok(Step::Said(it)) => story.push(format!("{nth}: {} {:?}", it.play.content, it.end)),
            Err(it) => {
                wrong = Some(format!("{nth}: {it}"));
                break;
            }
        }
    }
    if let Some(wrong) = wrong.or_else(|| world.close().err()) {
        panic!("{}\n{wrong}\nERPSYNC_SEED={seed} repeats it", story.join("\n"));
    }
    world.ended
}

/// How it ends if it is done.
const DONE: [&str; 6] =
    ["done", "Applied", "false", "parked TaskRefused", "Some(Applied)", "Some(true)"];

/// So many worlds, if that is told.
fn worlds() -> u64 {
    let told = std::env::var("ERPSYNC_WORLDS").ok().and_then(|it| it.parse().ok());
    told.unwrap_or(WORLDS[usize::from(is_long())])
}

/// Whether this is `make test-long`.
pub fn is_long() -> bool {
    std::env::var_os("ERPSYNC_LONG").is_some()
}

/// Of the first world: told, or another each time in long runs. By itself `make test` plays the same worlds
/// each time.
pub fn seed() -> u64 {
    let told = std::env::var("ERPSYNC_SEED").ok().and_then(|it| it.parse().ok());
    let another = || if is_long() { u64::from(std::process::id()) << 32 } else { SEED };
    told.unwrap_or_else(another)
}

/// Of the worlds of `make test`.
const SEED: u64 = 5_000;

/// `ERPSYNC_SEED` is that of the first world.
#[test]
fn random_worlds_are_as_the_model_says() {
    let first = seed();
    println!("ERPSYNC_SEED={first}");
    let threads = std::thread::available_parallelism().map_or(1, |it| it.get() as u64);
    let of_thread = |nth: u64| {
        let seeds = first + nth..first + worlds();
        let mut ended = Ended::new();
        for (end, count) in seeds.step_by(threads as usize).flat_map(play) {
            *ended.entry(end).or_default() += count;
        }
        ended
    };
    let ended = std::thread::scope(|scope| {
        let all: Vec<_> = (0..threads).map(|nth| scope.spawn(move || of_thread(nth))).collect();
        let mut ended = Ended::new();
        for (end, count) in
            all.into_iter().flat_map(|it| it.join().expect("a world as it should be"))
        {
            *ended.entry(end).or_default() += count;
        }
        ended
    });
    println!("{ended:#?}");
    for (_, kind, _) in PLAYS {
        let done = DONE.iter().filter_map(|it| ended.get(&(*kind, (*it).to_owned())));
        assert!(10 <= done.sum::<usize>(), "{kind} is hardly ever done");
    }
}

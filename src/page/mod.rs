//! The page: its state, and the yew components that show it.
//!
//! The state and its reducer are pure and compiled natively too; all else here needs a browser. Nothing here runs a
//! task, predicts, or knows how a link is written: it asks the other rooms and shows what they say.

pub mod state;

cfg_if::cfg_if! {
    if #[cfg(target_arch = "wasm32")] {
        mod act;
        mod app;
        mod browser;
        mod canvas;
        mod card;
        mod code;
        mod copy;
        mod crash;
        mod effects;
        mod embedded;
        mod explained;
        mod export;
        mod figures;
        mod fold;
        mod form;
        mod full;
        mod guess;
        mod guess_bar;
        mod guessed;
        mod header;
        mod heartbeat;
        mod help;
        mod legend;
        mod live;
        mod machine;
        mod notices;
        mod output;
        mod pointing;
        mod presets;
        mod replay;
        mod results;
        mod run_bar;
        mod share;
        mod spans;
        mod sweep;
        mod table;
        mod theme;
        mod timeline;
        mod unfold;
        mod views;
        mod which;
        mod zoom;

        pub use app::show;
    }
}

//! Figures on the screen are those of the metrics; keys in, commands out; what is drawn with long, wide and hostile names.

mod acts;
mod drawn;
mod explained;
mod fed_back;
mod meetings;
mod room;
mod speak;

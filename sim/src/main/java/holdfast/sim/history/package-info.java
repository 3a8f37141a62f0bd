/// What clients asked and what they were told: the one thing a checker may believe.
///
/// [holdfast.sim.history.Call] and [holdfast.sim.history.Answer] are the words, [holdfast.sim.history.Event]
/// puts them into one total order, [holdfast.sim.history.History] collects them and
/// [holdfast.sim.history.HistoryText] writes and reads them as lines for people and other tools.
package holdfast.sim.history;

/// The picture: one self-contained HTML page for a history, with its verdict, its operations and what explains or
/// refutes them. [holdfast.sim.check.format.page.Page] writes it; style and script are texts of their own.
package holdfast.sim.check.format.page;

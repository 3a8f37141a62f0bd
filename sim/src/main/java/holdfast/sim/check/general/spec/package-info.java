/// The objects that people check most, each as the sequential program it is. Values are texts, as they stood in the
/// history; two values are equal when their texts are.
///
/// [holdfast.sim.check.general.spec.StreamSpec] is the odd one: it is what a Holdfast stream promises, in one page,
/// and the brute-force witness against which the linear check of streams is tested.
package holdfast.sim.check.general.spec;

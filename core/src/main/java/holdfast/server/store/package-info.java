/// Where stores come from, and what is looked at before a node is started on one.
///
/// [holdfast.server.store.StoreMaking] formats a directory, [holdfast.server.store.FoundStore] is a store that fits what
/// was configured.
package holdfast.server.store;

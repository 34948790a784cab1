namespace Pharos.PromQL.Scheduling;

/// <summary>The evaluation noticed that it shall stop. The engine, which knows why, makes a <see cref="QueryException"/> of it.</summary>
internal sealed class QueryStoppedException : Exception;

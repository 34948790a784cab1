namespace Pharos.PromQL;

/// <summary>A query cannot be answered. The message is upstream's where upstream has one.</summary>
public sealed class QueryException : Exception
{
    /// <summary>Takes the kind and the whole message.</summary>
    public QueryException(QueryErrorKind kind, string message, Exception? inner = null)
        : base(message, inner)
    {
        Kind = kind;
    }

    /// <summary>What kind of failure it is.</summary>
    public QueryErrorKind Kind { get; }

    /// <summary>The evaluation failed for a reason that lies in query or data.</summary>
    internal static QueryException Execution(string message) => new(QueryErrorKind.Execution, message);

    /// <summary>The query uses what this server does not have yet.</summary>
    internal static QueryException NotYetSupported(string what) => new(QueryErrorKind.Execution, $"not yet supported: {what}");
}

using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Syntax;

/// <summary>A query cannot be parsed, or its types do not fit. The message is that of the first error, as upstream shows it.</summary>
public sealed class PromQLException : Exception
{
    /// <summary>Takes the errors in the order in which they were found; at least one.</summary>
    public PromQLException(IReadOnlyList<ParseError> errors)
        : base(errors[0].ToString())
    {
        Errors = errors;
    }

    /// <summary>Everything that was found; never empty.</summary>
    public IReadOnlyList<ParseError> Errors { get; }

    /// <summary>Where the first error is.</summary>
    public PositionRange Position => Errors[0].Position;
}

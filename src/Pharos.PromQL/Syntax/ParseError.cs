using System.Globalization;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Syntax;

/// <summary>One thing that is wrong with a query.</summary>
/// <param name="Position">Where, in bytes of the query's UTF-8 form.</param>
/// <param name="Line">Counted from 1; 0 where the query is empty.</param>
/// <param name="Column">In bytes, counted from 1; 0 where the query is empty.</param>
/// <param name="Message">What, in upstream's words, without the position.</param>
public sealed record ParseError(PositionRange Position, int Line, int Column, string Message)
{
    /// <summary>Upstream's form: <c>1:5: parse error: unexpected …</c></summary>
    public override string ToString() => Line == 0
        ? $"unknown position: parse error: {Message}"
        : string.Create(CultureInfo.InvariantCulture, $"{Line}:{Column}: parse error: {Message}");
}

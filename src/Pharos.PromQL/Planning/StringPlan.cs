using System.Text.Unicode;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>A constant string.</summary>
internal sealed class StringPlan(StringLiteral literal) : PlanNode
{
    public string Value => literal.Value;

    /// <summary>The string as it is written in messages: quoted, invalid bytes escaped.</summary>
    public string Quoted => literal.ToString();

    /// <summary>Escapes may have made bytes that are no UTF-8; no label can have such a name.</summary>
    public bool IsUtf8 => Utf8.IsValid(literal.Bytes.Span);

    public override ExprType Type => ExprType.String;

    public override string Key => "string " + Quoted;
}

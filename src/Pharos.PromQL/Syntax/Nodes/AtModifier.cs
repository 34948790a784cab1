namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>The word that <c>@</c> may be followed by instead of a time.</summary>
public enum AtModifier : byte
{
    /// <summary>There is no such word.</summary>
    None,

    /// <summary><c>@ start()</c>, the first step of the query.</summary>
    Start,

    /// <summary><c>@ end()</c>, the last step of the query.</summary>
    End,
}

namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>How many series of each side of a binary operation may match one of the other side.</summary>
public enum MatchCardinality : byte
{
    /// <summary>One and one.</summary>
    OneToOne,

    /// <summary><c>group_left</c></summary>
    ManyToOne,

    /// <summary><c>group_right</c></summary>
    OneToMany,

    /// <summary>Set operators only.</summary>
    ManyToMany,
}

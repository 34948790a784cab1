using Pharos.Core.Labels;
using Pharos.PromQL.Syntax;

namespace Pharos.Rules.Files;

/// <summary>What rule files may have.</summary>
public sealed record RuleFileOptions
{
    /// <summary>Which label and metric names are valid.</summary>
    public NameValidation NameValidation { get; init; } = NameValidation.Utf8;

    /// <summary>What expressions may have.</summary>
    public ParserOptions Expressions { get; init; } = ParserOptions.Default;

    /// <summary>Leave unknown fields alone instead of refusing them.</summary>
    public bool IgnoreUnknownFields { get; init; }
}

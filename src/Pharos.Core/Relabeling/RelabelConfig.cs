using Pharos.Core.Labels;
using Pharos.Core.Matching;

namespace Pharos.Core.Relabeling;

/// <summary>One relabelling step, as a <c>relabel_configs</c> entry names it. The initial values are upstream's defaults.</summary>
public sealed record RelabelConfig
{
    /// <summary>The default of <see cref="Regex"/>: anything, captured. Upstream takes this very object as "not set", and an equal pattern as set.</summary>
    public static ReplacementRegex DefaultRegex { get; } = ReplacementRegex.Parse("(.*)");

    /// <summary>The default of <see cref="Replacement"/>.</summary>
    public const string DefaultReplacement = "$1";

    /// <summary>The default of <see cref="Separator"/>.</summary>
    public const string DefaultSeparator = ";";

    /// <summary>Labels whose values, joined by the separator, are the source.</summary>
    public IReadOnlyList<string> SourceLabels { get; init; } = [];

    /// <summary>Stands between the source values.</summary>
    public string Separator { get; init; } = DefaultSeparator;

    /// <summary>What the source, or for label actions each label name, is matched against.</summary>
    public ReplacementRegex Regex { get; init; } = DefaultRegex;

    /// <summary>Of <see cref="RelabelAction.HashMod"/>; 0 is not set.</summary>
    public ulong Modulus { get; init; }

    /// <summary>The label that is written; may hold <c>${1}</c> for <see cref="RelabelAction.Replace"/>. Empty is not set.</summary>
    public string TargetLabel { get; init; } = "";

    /// <summary>The template of the new value.</summary>
    public string Replacement { get; init; } = DefaultReplacement;

    /// <summary>What is done.</summary>
    public RelabelAction Action { get; init; } = RelabelAction.Replace;

    /// <summary>Which names may be written.</summary>
    public NameValidation NameValidation { get; init; }

    /// <summary>What is wrong with the step, in upstream's words; null when it can be applied.</summary>
    public string? Validate()
    {
        string action = Action.ToText();
        bool writesTarget = Action is RelabelAction.Replace or RelabelAction.HashMod || TakesTargetOnly;
        if (Action == RelabelAction.None)
        {
            return "relabel action cannot be empty";
        }

        if (Action == RelabelAction.HashMod && Modulus == 0)
        {
            return "relabel configuration for hashmod requires non-zero modulus";
        }

        if (writesTarget && TargetLabel.Length == 0)
        {
            return $"relabel configuration for {action} action requires 'target_label' value";
        }

        if (writesTarget && !(Action == RelabelAction.Replace ? IsValidTemplate(TargetLabel) : IsValidName(TargetLabel)))
        {
            return $"{GoQuote.Quote(TargetLabel)} is invalid 'target_label' for {action} action";
        }

        if (TakesTargetOnly && Replacement != DefaultReplacement)
        {
            return $"'replacement' can not be set for {action} action";
        }

        if (Action == RelabelAction.LabelMap && !(NameValidation == NameValidation.Legacy ? RelabelTemplate.IsLegacyName(Replacement) : IsValidName(Replacement)))
        {
            return $"{GoQuote.Quote(Replacement)} is invalid 'replacement' for {action} action";
        }

        return ValidateUnusedFields(action);
    }

    /// <summary>Whether the name may be written under the step's rule of names.</summary>
    public bool IsValidName(string name) => NameValidation == NameValidation.Legacy ? LabelName.IsLegacy(name) : LabelName.IsUtf8(name);

    private bool TakesTargetOnly => Action is RelabelAction.Lowercase or RelabelAction.Uppercase or RelabelAction.KeepEqual or RelabelAction.DropEqual;

    private bool IsValidTemplate(string template) =>
        NameValidation == NameValidation.Legacy && template.Contains('$', StringComparison.Ordinal) ? RelabelTemplate.IsLegacyName(template) : IsValidName(template);

    private string? ValidateUnusedFields(string action)
    {
        bool defaults = Modulus == 0 && Separator == DefaultSeparator && Replacement == DefaultReplacement;
        return Action switch
        {
            RelabelAction.DropEqual or RelabelAction.KeepEqual when !defaults || !ReferenceEquals(Regex, DefaultRegex) =>
                $"{action} action requires only 'source_labels' and `target_label`, and no other fields",
            RelabelAction.LabelDrop or RelabelAction.LabelKeep when !defaults || SourceLabels.Count > 0 || TargetLabel.Length > 0 =>
                $"{action} action requires only 'regex', and no other fields",
            _ => null,
        };
    }
}

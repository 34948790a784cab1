using Pharos.Config.Relabeling;
using Pharos.Core.Labels;
using Pharos.Core.Relabeling;

namespace Pharos.Config.Tests.Relabeling;

public sealed class RelabelConfigReaderTests
{
    [Fact]
    public void A_step_has_upstreams_defaults()
    {
        RelabelConfig step = Assert.Single(Read("relabel_configs: [{target_label: a}]").Value!);

        Assert.Equal(new RelabelConfig { TargetLabel = "a" }, step with { SourceLabels = new RelabelConfig().SourceLabels });
        Assert.Same(RelabelConfig.DefaultRegex, step.Regex);
    }

    [Fact]
    public void Every_field_is_read_and_scalars_are_texts()
    {
        RelabelConfig step = Assert.Single(Read("""
            relabel_configs:
            - source_labels: [a, 5]
              separator: ","
              regex: 9187
              modulus: 8
              target_label: t
              replacement: true
              action: HashMod
            """).Value!);

        Assert.Equal(["a", "5"], step.SourceLabels);
        Assert.Equal((",", "9187", 8UL, "t", "true", RelabelAction.HashMod), (step.Separator, step.Regex.Pattern, step.Modulus, step.TargetLabel, step.Replacement, step.Action));
    }

    [Theory]
    [InlineData("- action: nothing", 2, 11, "unknown relabel action \"nothing\"")]
    [InlineData("- action:", 2, 3, "relabel action cannot be empty")]
    [InlineData("- regex: '('", 2, 10, "error parsing regexp")]
    [InlineData("- {action: hashmod, target_label: a}", 2, 3, "relabel configuration for hashmod requires non-zero modulus")]
    [InlineData("- {action: replace}", 2, 3, "relabel configuration for replace action requires 'target_label' value")]
    [InlineData("- {modulus: -1, target_label: a}", 2, 13, "cannot unmarshal !!int into uint64")]
    [InlineData("- {source_labels: [''], target_label: a}", 2, 19, "\"\" is not a valid label name")]
    [InlineData("- ~", 2, 3, "empty or null target relabeling rule in scrape config")]
    [InlineData("- {action: labeldrop, source_labels: [a]}", 2, 3, "labeldrop action requires only 'regex', and no other fields")]
    [InlineData("- {target: a}", 2, 4, "field target not found in type relabel.plain")]
    public void A_wrong_step_is_refused_at_its_place(string step, int line, int column, string message)
    {
        (_, ConfigDiagnostics found, _) = Read("relabel_configs:\n" + step);

        Assert.Contains(found.Errors, e => e.Line == line && e.Column == column && e.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Steps_are_printed_as_upstream_prints_them() =>
        Assert.Equal(
            "relabel_configs:\n- source_labels: [a, b]\n  separator: ;\n  regex: x|y\n  replacement: $1\n  action: drop\n",
            Read("relabel_configs: [{source_labels: [a, b], regex: x|y, action: drop}]").Canonical);

    private static (IReadOnlyList<RelabelConfig>? Value, ConfigDiagnostics Found, string Canonical) Read(string text) =>
        Reading.Section(text, map => map.RelabelConfigs("relabel_configs", NameValidation.Utf8, "empty or null target relabeling rule in scrape config"));
}

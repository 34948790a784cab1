using System.Globalization;
using Pharos.Core.Labels;
using Pharos.Rules.Files;
using Pharos.Rules.Views;

namespace Pharos.Rules.Evaluation;

/// <summary>Stores what its expression gives under its own name.</summary>
internal sealed class RecordingRule(RuleConfig config, IReadOnlyList<Label> labels, RuleQuery query) : Rule(config, labels)
{
    public override async ValueTask<List<RuleSample>> EvaluateAsync(RuleMoment moment, CancellationToken cancellationToken)
    {
        RuleConfig config = Config;
        List<RuleSample> samples = await query.AskAsync(config.Expr, config.ExprText, moment.SampleTime, cancellationToken).ConfigureAwait(false);
        var distinct = new HashSet<Labels>(samples.Count);
        var builder = new LabelsBuilder();
        for (int i = 0; i < samples.Count; i++)
        {
            builder.Reset(samples[i].Labels).Set(Label.MetricName, config.Record);
            foreach (Label label in Labels)
            {
                builder.Set(label.Name, label.Value);
            }

            samples[i] = samples[i] with { Labels = builder.ToLabels() };
            if (!distinct.Add(samples[i].Labels))
            {
                throw new RuleEvaluationException("vector contains metrics with the same labelset after applying rule labels");
            }
        }

        return moment.Limit > 0 && samples.Count > moment.Limit
            ? throw new RuleEvaluationException(string.Create(CultureInfo.InvariantCulture, $"exceeded limit of {moment.Limit} with {samples.Count} series"))
            : samples;
    }

    public override RuleView View() => View(AlertState.Unknown, []);
}

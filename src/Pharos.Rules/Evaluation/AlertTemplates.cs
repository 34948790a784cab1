using Pharos.Core.Labels;
using Pharos.PromQL;
using Pharos.Rules.Files;
using Pharos.Templating;
using Pharos.Templating.Prometheus;

namespace Pharos.Rules.Evaluation;

/// <summary>The labels and annotations of an alerting rule, parsed once. Immutable.</summary>
internal sealed class AlertTemplates
{
    private readonly string _name;
    private readonly (string Name, RuleTemplate Template)[] _labels;
    private readonly (string Name, RuleTemplate Template)[] _annotations;

    /// <exception cref="TemplateException">One of them is not well-formed, which the reader of rule files refuses.</exception>
    public AlertTemplates(RuleConfig config, IReadOnlyList<Label> labels)
    {
        _name = "__alert_" + config.Alert;
        _labels = [.. labels.Select(l => (l.Name, RuleTemplate.Parse(_name, l.Value)))];
        _annotations = [.. config.Annotations.Select(a => (a.Key, RuleTemplate.Parse(_name, a.Value)))];
        IsLiteral = _labels.Concat(_annotations).All(static t => t.Template.IsLiteral);
    }

    /// <summary>Whether there is nothing to expand.</summary>
    public bool IsLiteral { get; }

    /// <summary>Begins an evaluation.</summary>
    /// <param name="moment">When and in which environment.</param>
    /// <param name="query">Answers what templates ask.</param>
    public Expansion Begin(RuleMoment moment, RuleQuery query) => new(this, moment, query);

    /// <summary>The templates in one evaluation. Used by one thread.</summary>
    internal sealed class Expansion
    {
        private readonly AlertTemplates _templates;
        private readonly RuleEnvironment _environment;
        private readonly RuleTemplateFunctions _functions;
        private readonly IEnumerable<KeyValuePair<string, string>> _externalLabels;
        private readonly LabelsBuilder _builder = new();

        public Expansion(AlertTemplates templates, RuleMoment moment, RuleQuery query)
        {
            _templates = templates;
            _environment = moment.Environment;
            _externalLabels = PairsOf(moment.Environment.ExternalLabels);
            _functions = new RuleTemplateFunctions(new RuleTemplateContext
            {
                Timestamp = moment.Time.ToUnixTimeMilliseconds(),
                ExternalUrl = moment.Environment.ExternalUrl,
                Query = (text, cancellation) => Ask(query, text, moment.Time, cancellation),
            });
        }

        /// <summary>How many templates failed.</summary>
        public int Failures { get; private set; }

        /// <summary>The error of the first that failed.</summary>
        public string FirstError { get; private set; } = "";

        /// <summary>The labels and annotations of an alert.</summary>
        /// <exception cref="OperationCanceledException">It was called off.</exception>
        public (Labels Labels, Labels Annotations) Expand(RuleSample sample, string alert, CancellationToken cancellationToken)
        {
            RuleTemplateData? data = _templates.IsLiteral
                ? null
                : new RuleTemplateData(PairsOf(sample.Labels), _externalLabels, _environment.ExternalUrl.OriginalString, sample.Value);
            _builder.Reset(sample.Labels).Remove(Label.MetricName);
            foreach ((string name, RuleTemplate template) in _templates._labels)
            {
                _builder.Set(name, Expand(template, data, cancellationToken));
            }

            Labels labels = _builder.Set(AlertLabels.AlertName, alert).ToLabels();
            _builder.Reset();
            foreach ((string name, RuleTemplate template) in _templates._annotations)
            {
                _builder.Set(name, Expand(template, data, cancellationToken));
            }

            return (labels, _builder.ToLabels());
        }

        private string Expand(RuleTemplate template, RuleTemplateData? data, CancellationToken cancellationToken)
        {
            if (data is null || template.IsLiteral)
            {
                return template.Text;
            }

            try
            {
                return template.Expand(data, _functions, cancellationToken);
            }
            catch (TemplateException e)
            {
                string error = $"error executing template {_templates._name}: {e.Message}";
                FirstError = Failures == 0 ? error : FirstError;
                Failures++;
                return $"<error expanding template: {error}>";
            }
        }

        private static IReadOnlyList<QuerySample> Ask(RuleQuery query, string text, DateTimeOffset time, CancellationToken cancellation)
        {
            try
            {
                return [.. query.Ask(text, time, cancellation).Select(static s => s.Histogram is { } histogram
                    ? new QuerySample(PairsOf(s.Labels), histogram)
                    : new QuerySample(PairsOf(s.Labels), s.Value))];
            }
            catch (Exception e) when (e is QueryException or RuleEvaluationException)
            {
                cancellation.ThrowIfCancellationRequested();
                throw new TemplateFunctionException(e.Message);
            }
        }

        private static IEnumerable<KeyValuePair<string, string>> PairsOf(Labels labels) => labels.Select(static l => KeyValuePair.Create(l.Name, l.Value));
    }
}

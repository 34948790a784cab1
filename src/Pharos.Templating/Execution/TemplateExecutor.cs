using System.Runtime.CompilerServices;
using System.Text;
using Pharos.Core.Labels;
using Pharos.Templating.Formatting;
using Pharos.Templating.Syntax;

namespace Pharos.Templating.Execution;

/// <summary>Walks one template and writes its output.</summary>
internal sealed class TemplateExecutor(TemplateRun run, TemplateTree tree, StringBuilder output, object? data)
{
    private readonly List<(string Name, object? Value)> _variables = [("$", data)];
    private Node? _node;

    private enum Flow
    {
        Onward,
        Break,
        Continue,
    }

    public TemplateRun Context => run;

    private OperandEvaluator Operands => field ??= new OperandEvaluator(this);

    public void Run(object? dot) => WalkList(dot, tree.Root);

    /// <summary>Errors are about this node from now on.</summary>
    public void At(Node node) => _node = node;

    /// <summary>What to throw, with the place of the current node.</summary>
    public TemplateException Error(string message) => new(_node is null
        ? $"template: {tree.Name}: {message}"
        : $"template: {tree.Locate(_node.Position)}: executing {GoQuote.Quote(tree.Name)} at <{_node}>: {message}");

    /// <summary>Counts work; a template that loops ends here.</summary>
    public void Step(int textLength = 0)
    {
        if (run.Step(textLength) is { } error)
        {
            throw Error(error);
        }
    }

    public object? Variable(string name)
    {
        int at = _variables.FindLastIndex(v => string.Equals(v.Name, name, StringComparison.Ordinal));
        return at >= 0 ? _variables[at].Value : throw Error($"undefined variable: {name}");
    }

    /// <summary>The value of a pipeline; its variables get it too. <see cref="OperandEvaluator.Missing"/> never comes out.</summary>
    public object? EvaluatePipeline(object? dot, PipeNode pipe)
    {
        EnsureStack();
        At(pipe);
        object? value = OperandEvaluator.Missing;
        foreach (CommandNode command in pipe.Commands)
        {
            Step();
            value = Operands.EvaluateCommand(dot, command, value);
        }

        foreach (string name in pipe.Variables)
        {
            if (pipe.IsAssignment)
            {
                Assign(name, value);
            }
            else
            {
                _variables.Add((name, value));
            }
        }

        return value;
    }

    private void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Error("template is nested too deeply");
        }
    }

    private Flow WalkList(object? dot, ListNode list)
    {
        EnsureStack();
        foreach (Node node in list.Nodes)
        {
            Flow flow = Walk(dot, node);
            if (flow != Flow.Onward)
            {
                return flow;
            }
        }

        return Flow.Onward;
    }

    private Flow Walk(object? dot, Node node)
    {
        At(node);
        Step();
        switch (node)
        {
            case TextNode text:
                Write(text.Text);
                return Flow.Onward;
            case ActionNode action:
                object? value = EvaluatePipeline(dot, action.Pipe);
                if (action.Pipe.Variables.Count == 0)
                {
                    At(action);
                    PrintValue(value);
                }

                return Flow.Onward;
            case BranchNode { Kind: BranchKind.Range } range:
                return WalkRange(dot, range);
            case BranchNode branch:
                return WalkBranch(dot, branch);
            case LoopExitNode exit:
                return exit.IsBreak ? Flow.Break : Flow.Continue;
            case TemplateNode template:
                CallTemplate(dot, template);
                return Flow.Onward;
            default:
                throw Error($"unknown node: {node}");
        }
    }

    private Flow WalkBranch(object? dot, BranchNode branch)
    {
        int mark = _variables.Count;
        object? value = EvaluatePipeline(dot, branch.Pipe);
        Flow flow = Flow.Onward;
        if (TemplateValues.IsTrue(value))
        {
            flow = WalkList(branch.Kind == BranchKind.With ? value : dot, branch.Body);
        }
        else if (branch.Otherwise is { } otherwise)
        {
            flow = WalkList(dot, otherwise);
        }

        Pop(mark);
        return flow;
    }

    private Flow WalkRange(object? dot, BranchNode range)
    {
        int outer = _variables.Count;
        object? value = EvaluatePipeline(dot, range.Pipe);
        int mark = _variables.Count;
        int names = range.Pipe.Variables.Count;
        bool any = false;
        foreach ((object? key, object? item) in TemplateValues.Enumerate(value) ?? throw Error($"range can't iterate over {run.Print(value)}"))
        {
            any = true;
            Step();
            SetRangeVariables(range.Pipe, names, mark, item, key);
            Flow flow = WalkList(item, range.Body);
            Pop(mark);
            if (flow == Flow.Break)
            {
                break;
            }
        }

        Flow last = !any && range.Otherwise is { } otherwise ? WalkList(dot, otherwise) : Flow.Onward;
        Pop(outer);
        return last;
    }

    private void SetRangeVariables(PipeNode pipe, int names, int mark, object? item, object? key)
    {
        if (names == 0)
        {
            return;
        }

        if (pipe.IsAssignment)
        {
            Assign(pipe.Variables[^1], item);
            Assign(names > 1 ? pipe.Variables[0] : pipe.Variables[^1], names > 1 ? key : item);
            return;
        }

        _variables[mark - 1] = (pipe.Variables[^1], item);
        if (names > 1)
        {
            _variables[mark - 2] = (pipe.Variables[0], key);
        }
    }

    private void Assign(string name, object? value)
    {
        int at = _variables.FindLastIndex(v => string.Equals(v.Name, name, StringComparison.Ordinal));
        _variables[at >= 0 ? at : throw Error($"undefined variable: {name}")] = (name, value);
    }

    private void CallTemplate(object? dot, TemplateNode call)
    {
        TemplateTree called = run.Template.Find(call.Name) ?? throw Error($"template {GoQuote.Quote(call.Name)} not defined");
        if (run.Depth >= run.Options.MaxDepth)
        {
            throw Error($"exceeded maximum template depth ({run.Options.MaxDepth})");
        }

        object? argument = call.Pipe is null ? null : EvaluatePipeline(dot, call.Pipe);
        run.Depth++;
        new TemplateExecutor(run, called, output, argument).Run(argument);
        run.Depth--;
    }

    private void PrintValue(object? value)
    {
        string text;
        try
        {
            text = ValuePrinter.PrintForOutput(value, run.MaxLength);
        }
        catch (TemplateFunctionException e)
        {
            throw Error(e.Message);
        }

        if (run.Options.EscapesHtml)
        {
            text = value is null ? "" : value is TemplateHtml ? text : HtmlText.EscapeStrictly(text);
        }

        Write(text);
    }

    private void Write(string text)
    {
        if (output.Length + text.Length > run.MaxLength)
        {
            throw Error($"output is longer than {run.MaxLength} characters");
        }

        output.Append(text);
    }

    private void Pop(int count) => _variables.RemoveRange(count, _variables.Count - count);
}

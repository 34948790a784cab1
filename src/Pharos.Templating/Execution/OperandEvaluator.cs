using Pharos.Core.Labels;
using Pharos.Templating.Syntax;

namespace Pharos.Templating.Execution;

/// <summary>Values of commands and operands: fields, methods, functions with their arguments.</summary>
internal sealed class OperandEvaluator(TemplateExecutor executor)
{
    /// <summary>In place of the value that a pipeline hands on, where there is none.</summary>
    public static readonly object Missing = new();

    public object? EvaluateCommand(object? dot, CommandNode command, object? final)
    {
        Node first = command.Operands[0];
        switch (first)
        {
            case FieldNode or ChainNode or VariableNode or IdentifierNode:
                return EvaluateCall(dot, first, command, command.Operands, final);
            case PipeNode pipe:
                RefuseArguments(command.Operands, final);
                return executor.EvaluatePipeline(dot, pipe);
        }

        executor.At(first);
        RefuseArguments(command.Operands, final);
        return first is NilNode ? throw executor.Error("nil is not a command") : Constant(dot, first);
    }

    // What takes arguments: operands[0] is the node itself.
    private object? EvaluateCall(object? dot, Node first, Node whole, IReadOnlyList<Node> operands, object? final)
    {
        executor.At(first);
        switch (first)
        {
            case FieldNode field:
                return EvaluateChain(dot, dot, field, field.Names, operands, final);
            case ChainNode chain:
                if (chain.Operand is NilNode)
                {
                    throw executor.Error($"indirection through explicit nil in {chain}");
                }

                object? receiver = EvaluateArgument(dot, chain.Operand, TemplateParameter.Any);
                return EvaluateChain(dot, receiver, chain, chain.Names, operands, final);
            case VariableNode variable:
                object? value = executor.Variable(variable.Name);
                if (variable.Names.Count == 0)
                {
                    RefuseArguments(operands, final);
                    return value;
                }

                return EvaluateChain(dot, value, variable, variable.Names, operands, final);
            default:
                string name = ((IdentifierNode)first).Name;
                TemplateFunction function = executor.Context.Template.Functions.Find(name)
                    ?? throw executor.Error($"{GoQuote.Quote(name)} is not a defined function");
                return Call(dot, function, whole, operands, final);
        }
    }

    private void RefuseArguments(IReadOnlyList<Node> operands, object? final)
    {
        if (operands.Count > 1 || !ReferenceEquals(final, Missing))
        {
            throw executor.Error($"can't give argument to non-function {operands[0]}");
        }
    }

    private object? Constant(object? dot, Node node) => node switch
    {
        DotNode => dot,
        BoolNode boolean => boolean.Value,
        StringNode text => text.Value,
        NumberNode { IsReal: true } number => number.Real,
        NumberNode number => number.Whole,
        _ => throw executor.Error($"can't evaluate command {GoQuote.Quote(node.ToString()!)}"),
    };

    private object? EvaluateChain(object? dot, object? receiver, Node node, IReadOnlyList<string> names, IReadOnlyList<Node> operands, object? final)
    {
        for (int i = 0; i < names.Count - 1; i++)
        {
            receiver = EvaluateField(dot, names[i], node, [node], Missing, receiver);
        }

        return EvaluateField(dot, names[^1], node, operands, final, receiver);
    }

    private object? EvaluateField(object? dot, string name, Node node, IReadOnlyList<Node> operands, object? final, object? receiver)
    {
        bool hasArguments = operands.Count > 1 || !ReferenceEquals(final, Missing);
        switch (receiver)
        {
            case null:
                return executor.Context.Options.MissingKey == MissingKey.Error
                    ? throw executor.Error($"nil data; no entry for key {GoQuote.Quote(name)}")
                    : null;
            case ITemplateObject target when target.TryGetMember(name, out object? member):
                if (member is TemplateFunction method)
                {
                    return Call(dot, method, node, operands, final);
                }

                return hasArguments ? throw executor.Error($"{name} has arguments but cannot be invoked as function") : member;
            case TemplateList list when list.Method(name) is { } ofList:
                return Call(dot, ofList, node, operands, final);
            case TemplateMap map when map.Method(name) is { } ofMap:
                return Call(dot, ofMap, node, operands, final);
            case TemplateMap map:
                if (hasArguments)
                {
                    throw executor.Error($"{name} is not a method but has arguments");
                }

                if (map.TryGet(name, out object? value))
                {
                    return value;
                }

                return executor.Context.Options.MissingKey switch
                {
                    MissingKey.Zero => map.Zero,
                    MissingKey.Error => throw executor.Error($"map has no entry for key {GoQuote.Quote(name)}"),
                    _ => null,
                };
            default:
                throw executor.Error($"can't evaluate field {name} in type {TemplateValues.TypeName(receiver)}");
        }
    }

    private object? Call(object? dot, TemplateFunction function, Node node, IReadOnlyList<Node> operands, object? final)
    {
        bool hasFinal = !ReferenceEquals(final, Missing);
        int count = operands.Count - 1 + (hasFinal ? 1 : 0);
        if (function.IsVariadic ? count < function.FixedCount : count != function.FixedCount)
        {
            string want = function.IsVariadic ? $"at least {function.FixedCount}" : $"{function.FixedCount}";
            throw executor.Error($"wrong number of args for {function.Name}: want {want} got {count}");
        }

        if (function.StopsAt is { } stop)
        {
            return ShortCircuit(dot, operands, final, stop);
        }

        object?[] arguments = new object?[count];
        for (int i = 1; i < operands.Count; i++)
        {
            arguments[i - 1] = EvaluateArgument(dot, operands[i], function.ParameterAt(i - 1));
        }

        if (hasFinal)
        {
            arguments[^1] = Validate(final, function.ParameterAt(count - 1));
        }

        return Invoke(function, node, arguments);
    }

    private object? ShortCircuit(object? dot, IReadOnlyList<Node> operands, object? final, bool stop)
    {
        object? value = null;
        for (int i = 1; i < operands.Count; i++)
        {
            value = EvaluateArgument(dot, operands[i], TemplateParameter.Any);
            if (TemplateValues.IsTrue(value) == stop)
            {
                return value;
            }
        }

        return ReferenceEquals(final, Missing) ? value : final;
    }

    private object? Invoke(TemplateFunction function, Node node, object?[] arguments)
    {
        object? result;
        try
        {
            result = function.Body(executor.Context, arguments);
        }
        catch (Exception e) when (e is TemplateFunctionException or TemplateException)
        {
            executor.At(node);
            throw executor.Error($"error calling {function.Name}: {e.Message}");
        }

        string? text = result as string ?? (result as TemplateHtml)?.Text;
        if (text is not null)
        {
            executor.Step(text.Length);
            if (text.Length > executor.Context.MaxLength)
            {
                executor.At(node);
                throw executor.Error($"error calling {function.Name}: result is longer than {executor.Context.MaxLength} characters");
            }
        }

        return result;
    }

    private object? EvaluateArgument(object? dot, Node node, TemplateParameter parameter)
    {
        executor.At(node);
        switch (node)
        {
            case DotNode:
                return Validate(dot, parameter);
            case NilNode:
                return parameter.TakesNil ? null : throw executor.Error($"cannot assign nil to {parameter.TypeName}");
            case PipeNode pipe:
                return Validate(executor.EvaluatePipeline(dot, pipe), parameter);
            case FieldNode or VariableNode or IdentifierNode or ChainNode:
                return Validate(EvaluateCall(dot, node, node, [node], Missing), parameter);
        }

        return (parameter.Kind, node) switch
        {
            (TemplateParameterKind.Any, _) => Constant(dot, node),
            (TemplateParameterKind.String, StringNode text) => text.Value,
            (TemplateParameterKind.Int, NumberNode { Whole: { } whole }) => whole,
            (TemplateParameterKind.Float, NumberNode { Real: { } real }) => real,
            (TemplateParameterKind.String, _) => throw executor.Error($"expected string; found {node}"),
            (TemplateParameterKind.Int, _) => throw executor.Error($"expected integer; found {node}"),
            (TemplateParameterKind.Float, _) => throw executor.Error($"expected float; found {node}"),
            _ => throw executor.Error($"can't handle {node} for arg of type {parameter.TypeName}"),
        };
    }

    private object? Validate(object? value, TemplateParameter parameter)
    {
        if (value is null)
        {
            return parameter.TakesNil ? null : throw executor.Error($"invalid value; expected {parameter.TypeName}");
        }

        return parameter.Accepts(value)
            ? value
            : throw executor.Error($"wrong type for value; expected {parameter.TypeName}; got {TemplateValues.TypeName(value)}");
    }
}

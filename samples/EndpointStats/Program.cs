using EndpointStats.Hosting;

return await Commands.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);

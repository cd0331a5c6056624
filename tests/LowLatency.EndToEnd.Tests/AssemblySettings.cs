// Every test runs a whole engine, and most a browser; side by side they would measure one another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
